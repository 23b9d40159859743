package display_test

import (
	"fmt"

	"descent/display"
)

func ExampleShow() {
	display.Show("loss", 0.25, []string{"a", "b"})
	// Output:
	// loss
	// 0.25
	// []string{"a", "b"}
}

func ExampleRender() {
	type card struct {
		Name string
		N    int
	}
	fmt.Println(display.Render(card{"digits", 1797}).Text())
	fmt.Println(display.Render(map[string]int{"b": 2, "a": 1}).Text())
	// Output:
	// display_test.card{Name: "digits", N: 1797}
	// map[string]int{"a": 1, "b": 2}
}

func ExampleNewTable() {
	t := display.NewTable("Test accuracy", []string{"model", "accuracy"}, [][]any{
		{"linear", 0.917},
		{"one hidden layer", 0.967},
	})
	fmt.Println(t)
	// Output:
	// Test accuracy
	// model             accuracy
	// ──────────────────────────
	// linear               0.917
	// one hidden layer     0.967
}

func ExampleNewHandle() {
	h := display.NewHandle("working")
	for i := range 3 {
		h.Update(fmt.Sprintf("%d of 3", i+1)) // a notebook shows it in place
	}
	h.Final("done")
	// Output:
	// working
	// done
}
