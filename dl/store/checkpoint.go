package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"descent/dl"
	"descent/dl/nn"
	"descent/dl/optim"
)

// Checkpoint is a run of training that can be taken up again, with the same
// numbers as if it had never stopped.
//
//	c := store.Checkpoint{Model: model, Optimizer: optimizer}
//	if store.Exists("run.safetensors") {
//		err := store.LoadCheckpoint("run.safetensors", &c)
//		…
//	}
//	loader.SetEpoch(c.Epoch)
//	for ; c.Epoch < 20; c.Epoch++ {
//		… train one epoch …
//		next := c
//		next.Epoch++
//		err := store.SaveCheckpoint("run.safetensors", next)
//		…
//	}
//
// A loader that shuffles needs a Seed of its own in its options: one without takes
// it from the generators when it first begins, which a resumed run has behind it.
type Checkpoint struct {
	Model     nn.Module       // needed
	Optimizer optim.Optimizer // nil when there is none
	Schedule  optim.Schedule  // nil when there is none; one that embeds optim.Curve

	Epoch int // epochs that are done
	Step  int // steps that are done, for those who count them
	// Notes are kept with the rest: settings, losses, where the data came from.
	Notes map[string]string
}

// The names in the metadata of a checkpoint; its tensors are model.NAME and
// optimizer.SLOT.INDEX.
const (
	keyVersion   = "descent.checkpoint"
	keyState     = "descent.state"
	notePrefix   = "note."
	modelPrefix  = "model"
	slotPrefix   = "optimizer"
	stateVersion = "1"
)

// checkpointState is what a checkpoint keeps beside tensors.
type checkpointState struct {
	Epoch      int              `json:"epoch"`
	Step       int              `json:"step"`
	Generators []generatorState `json:"generators"`
	Optimizer  *optimizerState  `json:"optimizer,omitempty"`
	Schedule   *int             `json:"schedule,omitempty"` // calls of Step
}

type generatorState struct {
	Seed   uint64 `json:"seed"`
	Offset uint64 `json:"offset"`
}

type optimizerState struct {
	Kind   string    `json:"kind"`
	Steps  int       `json:"steps"`
	LRs    []float64 `json:"lrs"`
	Counts []int     `json:"counts"`
	Slots  []string  `json:"slots"`
}

// counted is a schedule whose place can be saved.
type counted interface {
	Count() int
	SetCount(n int)
}

// SaveCheckpoint writes everything that a run needs to go on: parameters and
// buffers of the model, the optimizer's memory, the place of the schedule, how far
// the run has come, and dl's random generators. It is a safetensors file, whatever
// the name; an older one at path stays until the new one is complete.
//
// PyTorch: torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), …}, path).
func SaveCheckpoint(path string, c Checkpoint) error {
	tensors, meta, err := c.pack()
	if err != nil {
		return fmt.Errorf("store: checkpoint %s: %w", path, err)
	}
	return SaveSafetensors(path, tensors, SafetensorsOptions{Metadata: meta})
}

// WriteCheckpoint is [SaveCheckpoint] for a stream.
//
// PyTorch: torch.save({"model": model.state_dict(), …}, file).
func WriteCheckpoint(w io.Writer, c Checkpoint) error {
	tensors, meta, err := c.pack()
	if err != nil {
		return fmt.Errorf("store: checkpoint: %w", err)
	}
	return WriteSafetensors(w, tensors, SafetensorsOptions{Metadata: meta})
}

func (c Checkpoint) pack() (*nn.StateDict, map[string]string, error) {
	if c.Model == nil {
		return nil, nil, errors.New("it has no Model")
	}
	tensors := nn.NewStateDict()
	state := nn.State(c.Model)
	for _, n := range state.Names() {
		tensors.Set(modelPrefix+"."+n, state.Get(n))
	}
	s := checkpointState{Epoch: c.Epoch, Step: c.Step, Generators: generators()}
	if c.Optimizer != nil {
		o := c.Optimizer.State()
		s.Optimizer = &optimizerState{o.Kind, o.Steps, o.LRs, o.Counts, slices.Sorted(maps.Keys(o.Slots))}
		for _, slot := range s.Optimizer.Slots {
			for i, t := range o.Slots[slot] {
				if t != nil {
					tensors.Set(slotName(slot, i), t)
				}
			}
		}
	}
	if c.Schedule != nil {
		k, ok := c.Schedule.(counted)
		if !ok {
			return nil, nil, fmt.Errorf("a schedule of type %T, whose place cannot be asked for (Count) and set (SetCount); leave Schedule nil and keep it in Notes", c.Schedule)
		}
		n := k.Count()
		s.Schedule = &n
	}
	b, err := json.Marshal(s)
	if err != nil { // a learning rate that is no number
		return nil, nil, err
	}
	meta := map[string]string{keyVersion: stateVersion, keyState: string(b)}
	for k, v := range c.Notes {
		meta[notePrefix+k] = v
	}
	return tensors, meta, nil
}

func slotName(slot string, i int) string { return slotPrefix + "." + slot + "." + strconv.Itoa(i) }

// generators returns where dl's random generators are.
func generators() []generatorState {
	var out []generatorState
	for s := dl.StreamInit; s <= dl.StreamUser; s++ {
		g := dl.DefaultGenerator(s)
		out = append(out, generatorState{g.Seed(), g.Offset()})
	}
	return out
}

// LoadCheckpoint puts a run back to where [SaveCheckpoint] found it. c has the
// model, the optimizer (and schedule) as a new run makes them; their contents,
// dl's random generators and c's Epoch, Step and Notes become those of the file.
// On an error nothing has changed.
//
// PyTorch: model.load_state_dict(c["model"]); optimizer.load_state_dict(c["optimizer"]).
func LoadCheckpoint(path string, c *Checkpoint) error {
	f, err := OpenSafetensors(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return reading(path, c.unpack(f))
}

// ReadCheckpoint is [LoadCheckpoint] for size bytes that can be read in any order.
//
// PyTorch: torch.load(file).
func ReadCheckpoint(r io.ReaderAt, size int64, c *Checkpoint) error {
	f := &SafetensorsFile{in: r}
	err := f.readHeader(size)
	if err == nil {
		err = c.unpack(f)
	}
	if err != nil && !errors.Is(err, dl.ErrInterrupted) {
		err = fmt.Errorf("store: reading checkpoint: %w", err)
	}
	return err
}

func (c *Checkpoint) unpack(f *SafetensorsFile) error {
	if c == nil || c.Model == nil {
		return errors.New("the checkpoint to be filled has no Model; make the model first, as for a new run")
	}
	switch f.extras[keyVersion] {
	case stateVersion:
	case "":
		return errors.New("a safetensors file without a run; LoadModel reads weights alone")
	default:
		return fmt.Errorf("version %q of checkpoints; %q is known", f.extras[keyVersion], stateVersion)
	}
	var s checkpointState
	if err := json.Unmarshal([]byte(f.extras[keyState]), &s); err != nil {
		return fmt.Errorf("its state is damaged: %w", err)
	}
	if len(s.Generators) == 0 || len(s.Generators) > int(dl.StreamUser)+1 {
		return fmt.Errorf("its state is damaged: %d random generators", len(s.Generators))
	}
	schedule, err := c.fitting(&s)
	if err != nil {
		return err
	}
	tensors, err := f.state(nil)
	if err != nil {
		return err
	}
	if err := c.restore(&s, tensors, schedule); err != nil {
		return err
	}
	if s.Generators[0].Seed != dl.DefaultGenerator(dl.StreamInit).Seed() {
		dl.ManualSeed(s.Generators[0].Seed)
	}
	for i, g := range s.Generators {
		dl.DefaultGenerator(dl.Stream(i)).SetOffset(g.Offset)
	}
	c.Epoch, c.Step, c.Notes = s.Epoch, s.Step, nil
	for k, v := range f.extras {
		if name, ok := strings.CutPrefix(k, notePrefix); ok {
			if c.Notes == nil {
				c.Notes = map[string]string{}
			}
			c.Notes[name] = v
		}
	}
	return nil
}

// fitting demands that file and run have the same parts.
func (c *Checkpoint) fitting(s *checkpointState) (counted, error) {
	switch {
	case c.Optimizer != nil && s.Optimizer == nil:
		return nil, errors.New("it was saved without an optimizer, and one is to be loaded; set Optimizer to nil")
	case c.Optimizer == nil && s.Optimizer != nil:
		return nil, fmt.Errorf("it has the memory of an optimizer, %s, and there is none to take it; set Optimizer, or read the weights alone with LoadModel and Under", s.Optimizer.Kind)
	case c.Optimizer != nil && len(s.Optimizer.LRs) == 0:
		return nil, errors.New("its state is damaged: no learning rate")
	case (c.Schedule == nil) != (s.Schedule == nil):
		return nil, errors.New("schedule on one side only: a run is resumed with a schedule if it was saved with one")
	case c.Schedule == nil:
		return nil, nil
	case *s.Schedule < 0:
		return nil, fmt.Errorf("its state is damaged: a schedule after %d steps", *s.Schedule)
	}
	k, ok := c.Schedule.(counted)
	if !ok {
		return nil, fmt.Errorf("a schedule of type %T, whose place cannot be set", c.Schedule)
	}
	return k, nil
}

// restore fills optimizer, model and schedule, all or none.
func (c *Checkpoint) restore(s *checkpointState, tensors *nn.StateDict, schedule counted) error {
	if c.Optimizer == nil {
		_, err := nn.LoadState(c.Model, Under(tensors, modelPrefix), nn.LoadOptions{})
		if err == nil && schedule != nil {
			schedule.SetCount(*s.Schedule)
		}
		return err
	}
	params := c.Optimizer.Params()
	o := &optim.State{Kind: s.Optimizer.Kind, Steps: s.Optimizer.Steps, LRs: s.Optimizer.LRs, Counts: s.Optimizer.Counts,
		Slots: map[string][]*dl.Tensor{}}
	for _, slot := range s.Optimizer.Slots {
		ts := make([]*dl.Tensor, len(params))
		for i, p := range params {
			t := tensors.Get(slotName(slot, i))
			if t != nil && (t.DType() != p.DType() || !slices.Equal(t.Shape(), p.Shape())) {
				return fmt.Errorf("%s: %s %v for a parameter of %s %v", slotName(slot, i), t.DType(), t.Shape(), p.DType(), p.Shape())
			}
			ts[i] = t
		}
		o.Slots[slot] = ts
	}
	before := c.Optimizer.State().Clone()
	if err := c.Optimizer.LoadState(o); err != nil {
		return err
	}
	if _, err := nn.LoadState(c.Model, Under(tensors, modelPrefix), nn.LoadOptions{}); err != nil {
		return errors.Join(err, c.Optimizer.LoadState(before))
	}
	if schedule != nil {
		schedule.SetCount(*s.Schedule)
		return c.Optimizer.LoadState(o) // the schedule has set the rates anew, which may have been changed by hand
	}
	return nil
}
