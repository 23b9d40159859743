package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// peakMemory returns the most memory that this process had at a time, in
// bytes, as Linux counts it.
func peakMemory() (float64, error) {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0, err
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), "VmHWM:"); ok {
			kib, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 64)
			return kib * 1024, err
		}
	}
	return 0, fmt.Errorf("/proc/self/status has no VmHWM")
}

// runSteps runs the steps of a network, given as its name and their number,
// and prints the peak memory.
func runSteps(work string) error {
	name, number, _ := strings.Cut(work, " ")
	n, err := strconv.Atoi(number)
	if err != nil {
		return err
	}
	if name != "nothing" {
		prep, ok := steps[name]
		if !ok {
			return fmt.Errorf("no network is called %q", name)
		}
		step := prep()
		for range n {
			step()
		}
	}
	peak, err := peakMemory()
	fmt.Printf("%.0f\n", peak)
	return err
}

// compareMemory prints the peak memory of processes that only train.
func compareMemory(o *options) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	fmt.Printf("\n%-34s %9s %9s %7s\n", fmt.Sprintf("peak memory of %d steps", o.memory), "ours", "torch", "ratio")
	for _, name := range []string{"nothing", "article", "lenet", "convnet", "resnet", "lstm", "gru", "encoder", "gpt"} {
		work := fmt.Sprintf("%s %d", name, o.memory)
		out, err := exec.Command(self, "-threads", fmt.Sprint(o.threads), "-steps", work).Output()
		if err != nil {
			return err
		}
		ours, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
		if err != nil {
			return err
		}
		line := fmt.Sprintf("%-34s %6.0f MB", name, ours/1e6)
		if o.python != "" {
			theirs, err := memoryOfPeer(o, work)
			if err != nil {
				return err
			}
			line += fmt.Sprintf(" %6.0f MB %7.2f", theirs/1e6, ours/theirs)
		}
		fmt.Println(line)
	}
	return nil
}

// memoryOfPeer asks a fresh process, since the peak is that of its life.
func memoryOfPeer(o *options, work string) (float64, error) {
	p, err := startPeer(o.python, torchElements+torchMore+torchScript, o.threads, false)
	if err != nil {
		return 0, err
	}
	defer p.close()
	r, err := p.ask(time.Microsecond, "memory "+work)
	return r.Memory, err
}
