package learn

// A Callback is called while a run goes on, on the goroutine that trains. Fields
// left nil are skipped.
//
//	learn.Callback{OnEpochEnd: func(e learn.EpochResult) {
//		fmt.Println(e)
//	}}
//
// To end the run from within, call Trainer.Stop. Keras: keras.callbacks.Callback.
type Callback struct {
	OnBegin      func(Run)
	OnEpochBegin func(epoch int) // from 1
	OnBackward   func()          // gradients are computed and clipped, the optimizer has not stepped yet
	OnStep       func(Progress)  // after each training step
	OnEpochEnd   func(EpochResult)
	OnEnd        func(*History)
}

// callbacks are the callbacks of a run.
type callbacks []Callback

func (cs callbacks) begin(r Run) {
	for _, c := range cs {
		if c.OnBegin != nil {
			c.OnBegin(r)
		}
	}
}

func (cs callbacks) epochBegin(epoch int) {
	for _, c := range cs {
		if c.OnEpochBegin != nil {
			c.OnEpochBegin(epoch)
		}
	}
}

func (cs callbacks) backward() {
	for _, c := range cs {
		if c.OnBackward != nil {
			c.OnBackward()
		}
	}
}

func (cs callbacks) step(p Progress) {
	for _, c := range cs {
		if c.OnStep != nil {
			c.OnStep(p)
		}
	}
}

func (cs callbacks) epochEnd(e EpochResult) {
	for _, c := range cs {
		if c.OnEpochEnd != nil {
			c.OnEpochEnd(e)
		}
	}
}

func (cs callbacks) end(h *History) {
	for _, c := range cs {
		if c.OnEnd != nil {
			c.OnEnd(h)
		}
	}
}
