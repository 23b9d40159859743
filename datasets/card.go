package datasets

import (
	"fmt"
	"slices"
	"strings"
)

// A Card describes a dataset.
type Card struct {
	Name        string
	Task        string
	Description string
	Origin      string // who made it, when, and how it got here
	Licence     string
	Citation    string
	Shape       []int // of one input
	Train, Test int   // samples
	Classes     []string
	Mean, Std   float64 // of the training inputs as they are handed out, for Normalize
	References  []Reference
}

// A Reference is an accuracy on the test set that is worth comparing with.
type Reference struct {
	Model    string
	Accuracy float64 // from 0 to 1
	Source   string
}

// String returns the card as text.
func (c *Card) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", c.Name, c.Task)
	row := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%-11s %s\n", name, value)
		}
	}
	row("", c.Description)
	row("samples", fmt.Sprintf("%d to train, %d to test, each %s", c.Train, c.Test, shape(c.Shape)))
	row("classes", fmt.Sprintf("%d: %s", len(c.Classes), strings.Join(c.Classes, ", ")))
	if c.Std != 0 {
		row("pixels", fmt.Sprintf("mean %.4f, standard deviation %.4f", c.Mean, c.Std))
	}
	row("origin", c.Origin)
	row("licence", c.Licence)
	row("citation", c.Citation)
	for _, r := range c.References {
		row("reference", fmt.Sprintf("%.1f%% %s (%s)", 100*r.Accuracy, r.Model, r.Source))
	}
	return b.String()
}

func shape(s []int) string {
	return strings.ReplaceAll(strings.Trim(fmt.Sprint(s), "[]"), " ", "×")
}

// clone returns a copy whose slices are its own.
func (c *Card) clone() *Card {
	out := *c
	out.Shape = slices.Clone(c.Shape)
	out.Classes = slices.Clone(c.Classes)
	out.References = slices.Clone(c.References)
	return &out
}
