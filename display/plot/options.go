package plot

// Options are what all charts have in common. The zero value is a good chart.
type Options struct {
	// Title says what is seen; Subtitle, in smaller type, under what conditions.
	Title, Subtitle string
	XLabel, YLabel  string
	// LogX and LogY choose logarithmic axes. Values that are not positive are
	// left out and counted in the note.
	LogX, LogY bool
	// Percent writes the values of the y axis as per cent: 0.25 as 25 %.
	Percent bool
	// YMin and YMax bound the y axis when they differ. Without them the axis
	// holds all values but extreme outliers, which are marked at its edge.
	YMin, YMax float64
	// XMin and XMax bound the x axis when they differ.
	XMin, XMax float64
	// IntegerX puts ticks at whole numbers only: epochs, classes.
	IntegerX bool
	// Width and Height are in CSS pixels; 640 × 380 when zero.
	Width, Height int
	// Alt replaces the sentence that is made of the data for those who do not
	// see the picture.
	Alt string
}

func (o Options) size(width, height float64) (w, h float64) {
	w, h = width, height
	if o.Width > 0 {
		w = float64(o.Width)
	}
	if o.Height > 0 {
		h = float64(o.Height)
	}
	return max(w, 160), max(h, 120)
}

// A Series is one line or one group of points.
type Series struct {
	Name string
	// X may be missing: then it is 0, 1, 2, … or, with From, From, From+1, …
	X, Y []float64
	From float64
	// Smooth, between 0 and 1, draws the exponential moving average with this
	// weight of the past (0.9: about ten points) and the raw values faintly.
	Smooth float64
	// Points draws points without a line between them.
	Points bool
	// Faint draws a thin pale line in the colour of the series after it: what lies
	// behind the one that counts.
	Faint bool
	// Reference draws a thin dotted line in grey: a target, a baseline.
	Reference bool
}

func (s Series) at(i int) (x, y float64) {
	if i < len(s.X) {
		return s.X[i], s.Y[i]
	}
	return s.From + float64(i), s.Y[i]
}
