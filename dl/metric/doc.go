// Package metric measures predictions: accuracy, top-k accuracy, the confusion
// matrix with precision, recall and F1, errors of regressions, and the areas
// under the ROC and precision-recall curves.
//
//	acc := metric.Accuracy(model.Forward(x), y)
//
//	m := metric.NewConfusion([]string{"cat", "dog"})
//	m.Update(logits, targets)
//	fmt.Println(m.F1(0), m.Macro().F1)
//
// Functions measure one batch. A Metric runs over many of them and is what a
// Trainer takes. Nothing here has a gradient: losses are in package nn.
package metric
