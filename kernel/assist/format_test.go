package assist

import (
	"strings"
	"testing"
)

func TestFormat(t *testing.T) {
	tests := []struct{ name, code, want string }{
		{"statements", "x:=1\nif x>0{y( )}", "x := 1\nif x > 0 {\n\ty()\n}\n"},
		{"declarations", "func  f( ) { }\ntype T struct{a int;bc string}", "func f() {}\n\ntype T struct {\n\ta  int\n\tbc string\n}\n"},
		{"mixed", "import \"os\"\nfunc f(x int)int{return x}\n\ny:=f( 1 ) // one\nos.Exit(y)\nfunc g(){ }\ng( )", "import \"os\"\n\nfunc f(x int) int { return x }\n\ny := f(1) // one\nos.Exit(y)\nfunc g() {}\ng()\n"},
		{"types in between", "x:=1\ntype T int\ny:=T( x )", "x := 1\ntype T int\ny := T(x)\n"},
		{"comments", "// about f\nfunc f(){}\n// about x\nx:=1 /* one */\n// the end", "// about f\nfunc f() {}\n// about x\nx := 1 /* one */\n// the end\n"},
		{"one line", "a:=1;b:=2;func f(){}", "a := 1\nb := 2\nfunc f() {}\n"},
		{"not Go", "!ls  -l\n%time\nx:=1", "!ls  -l\n%time\nx := 1\n"},
		{"raw string", "s:=`a\n  func b(){`\nf( )", "s := `a\n  func b(){`\nf()\n"},
		{"whole program", "package main\nimport \"fmt\"\nfunc main(){fmt.Println( )}", "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println() }\n"},
		{"empty", "", "\n"},
	}
	for _, tt := range tests {
		got, err := Format(tt.code)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		if again, err := Format(got); err != nil || again != got {
			t.Errorf("%s: formatted twice: %q, %v", tt.name, again, err)
		}
	}
	if _, err := Format("x := 1\n\nfunc f() {\n\ty := = 2\n}"); err == nil || !strings.Contains(err.Error(), "line 4, column 7") {
		t.Errorf("wrong code: %v", err)
	}
}
