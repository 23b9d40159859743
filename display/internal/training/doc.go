// Package training draws and lists what a training run has come to. The panel of
// display/live shows it while the run goes on, display/render afterwards.
package training
