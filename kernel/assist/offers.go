package assist

// offers are the packages that no cell has imported but a completion has named.
type offers map[string]bool

// Missing returns the import path that code means by a name that it has not
// imported, if a completion has offered the package of that name before. Of
// several packages with the name it is the first that has everything the code
// uses of it.
func (a *Assistant) Missing(code, name string) (path string, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.offered[name] {
		return "", false
	}
	return a.lookup(code, name)
}
