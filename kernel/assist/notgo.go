package assist

import "strings"

// goCode replaces the lines of a cell that are not Go, and the commands before Go
// such as %time, by spaces. It reports false if the cursor is in such a line.
func goCode(code string, off int) (src string, goes bool) {
	lines := strings.SplitAfter(code, "\n")
	goes = true
	at := 0
	for i, line := range lines {
		text := strings.TrimSpace(line)
		n := len(line)
		if text != "" && !strings.ContainsAny(text[:1], "%!?") {
			break
		}
		inside := at <= off && off < at+n || off == len(code) && at+n == len(code)
		if name, ok := timing(text); ok {
			n = strings.Index(line, name) + len(name)
			inside = inside && off < at+n
		}
		lines[i] = blank(line[:n]) + line[n:]
		if inside && text != "" {
			goes = false
		}
		at += len(line)
	}
	return strings.Join(lines, ""), goes
}

// timing returns the command of a line whose argument is Go.
func timing(text string) (name string, ok bool) {
	for _, name := range []string{"%timeit ", "%time "} {
		if strings.HasPrefix(text, name) {
			return name, true
		}
	}
	return "", false
}

// blank replaces the bytes of a line by spaces, so that everything behind stays
// where it is.
func blank(line string) string {
	text := strings.TrimRight(line, "\n")
	return strings.Repeat(" ", len(text)) + line[len(text):]
}

// lastWord returns where the word of a command line begins that ends at off.
func lastWord(code string, off int) int {
	return strings.LastIndexAny(code[:off], " \t\n!=\"'") + 1
}
