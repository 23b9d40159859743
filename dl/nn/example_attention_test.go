package nn_test

import (
	"fmt"

	"descent/dl"
	"descent/dl/nn"
)

func ExampleNewMultiheadAttention() {
	attention := nn.NewMultiheadAttention(32, 4, nn.MultiheadAttentionOptions{BatchFirst: true})
	x := dl.Randn(2, 7, 32)
	fmt.Println(attention, attention.Forward(x).Shape())
	// Queries from one sequence, keys and values from another, of which the last step of the first is padding.
	other := dl.Randn(2, 3, 32)
	padding := dl.New([][]bool{{false, false, true}, {false, false, false}})
	_, weights := attention.AttendWeights(x, other, other, nn.AttendOptions{KeyPadding: padding})
	fmt.Println(weights.Shape(), weights.At(0, 0, 2))
	// Output:
	// MultiheadAttention(32, 4 heads, batch first) [2 7 32]
	// [2 7 3] 0
}

func ExampleNewTransformerEncoderLayer() {
	layer := nn.NewTransformerEncoderLayer(32, 4, nn.TransformerOptions{FeedForward: 64, GELU: true, BatchFirst: true})
	y := layer.Encode(dl.Randn(2, 7, 32), nn.AttendOptions{Causal: true})
	fmt.Println(layer, y.Shape())
	// Output: TransformerEncoderLayer(32, 4 heads, feed-forward 64, GELU, batch first) [2 7 32]
}

// A small language model: embeddings, positions, a stack of layers that look back only, scores of the next token.
func ExampleNewTransformerEncoder() {
	words := nn.NewEmbedding(100, 32)
	places := nn.NewLearnedPositions(64, 32, nn.PositionOptions{BatchFirst: true})
	encoder := nn.NewTransformerEncoder(32, 4, 2, nn.TransformerOptions{FeedForward: 64, NormFirst: true, FinalNorm: true, BatchFirst: true})
	head := nn.NewLinear(32, 100)

	text := dl.RandInt(0, 100, 2, 10)
	x := encoder.Encode(places.Forward(words.Forward(text)), nn.AttendOptions{Causal: true})
	fmt.Println(head.Forward(x).Shape())
	fmt.Println(encoder)
	// Output:
	// [2 10 100]
	// TransformerEncoder(
	//   (0): TransformerEncoderLayer(32, 4 heads, feed-forward 64, norm first, batch first)
	//   (1): TransformerEncoderLayer(32, 4 heads, feed-forward 64, norm first, batch first)
	//   (norm): LayerNorm(32)
	// )
}

func ExampleNewSinusoidalPositions() {
	places := nn.NewSinusoidalPositions(50, 4, nn.PositionOptions{BatchFirst: true})
	fmt.Printf("%.2f\n", places.Forward(dl.Zeros(1, 2, 4)).Float32s())
	// Output: [0.00 1.00 0.00 1.00 0.84 0.54 0.01 1.00]
}

func ExampleNewLearnedPositions() {
	places := nn.NewLearnedPositions(50, 8, nn.PositionOptions{BatchFirst: true})
	fmt.Println(places, places.Forward(dl.Zeros(3, 20, 8)).Shape())
	// Output: LearnedPositions(50×8) [3 20 8]
}

func ExampleNewTransformerDecoderLayer() {
	layer := nn.NewTransformerDecoderLayer(32, 4, nn.TransformerOptions{FeedForward: 64, BatchFirst: true})
	y := layer.Decode(dl.Randn(2, 5, 32), dl.Randn(2, 9, 32), nn.DecodeOptions{Self: nn.AttendOptions{Causal: true}})
	fmt.Println(layer, y.Shape())
	// Output: TransformerDecoderLayer(32, 4 heads, feed-forward 64, batch first) [2 5 32]
}

// Translation: an encoder reads one sequence, a decoder writes another.
func ExampleNewTransformerDecoder() {
	o := nn.TransformerOptions{FeedForward: 64, BatchFirst: true}
	encoder, decoder := nn.NewTransformerEncoder(32, 4, 2, o), nn.NewTransformerDecoder(32, 4, 2, o)
	memory := encoder.Forward(dl.Randn(2, 9, 32))
	fmt.Println(decoder.Decode(dl.Randn(2, 5, 32), memory, nn.DecodeOptions{Self: nn.AttendOptions{Causal: true}}).Shape())
	// Output: [2 5 32]
}
