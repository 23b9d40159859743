"""Reference numbers of the layers and losses that no other generator of this folder has, from PyTorch: the state by its
names, the output, and all gradients."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "internal/golden"))
import torch
from golden import Writer
from torch import nn

torch.manual_seed(18)
w = Writer(__file__)
r = torch.randn


def case(name, m, x, train=True):
    """A layer: its state before and after, its output, all gradients."""
    m.train(train)
    for p in m.parameters():
        nn.init.normal_(p, std=0.5)
    for k, b in m.named_buffers():
        if b.is_floating_point():
            b.data = torch.rand_like(b) + 0.5
    if x.is_floating_point():
        x = x.clone().requires_grad_(True)
    state = {"state." + k: v.clone() for k, v in m.state_dict().items()}
    y = m(x)
    gy = torch.randn_like(y)
    y.backward(gy)
    grads = {**{k: p.grad for k, p in m.named_parameters()}, **({"x": x.grad} if x.is_floating_point() else {})}
    after = {"state." + k: v for k, v in m.named_buffers()}
    w.case(name, {**state, "x": x, "gy": gy}, {"y": y, **after}, grads, {"train": train})


def spread(*shape):
    n = 1
    for d in shape:
        n *= d
    return ((torch.randperm(n).float() - n / 2 + 0.3) * 0.2).reshape(shape)


for name, m in {
    "relu": nn.ReLU(), "relu6": nn.ReLU6(), "sigmoid": nn.Sigmoid(), "tanh": nn.Tanh(), "celu": nn.CELU(1.3), "glu": nn.GLU(1), "hardshrink": nn.Hardshrink(0.4),
    "hardsigmoid": nn.Hardsigmoid(), "hardswish": nn.Hardswish(), "hardtanh": nn.Hardtanh(-0.7, 1.2), "identity": nn.Identity(), "logsigmoid": nn.LogSigmoid(),
    "mish": nn.Mish(), "prelu": nn.PReLU(), "prelu channels": nn.PReLU(4), "selu": nn.SELU(), "softmin": nn.Softmin(1), "softshrink": nn.Softshrink(0.4),
    "softsign": nn.Softsign(), "tanhshrink": nn.Tanhshrink(), "threshold": nn.Threshold(0.3, -2), "channelshuffle": nn.ChannelShuffle(2),
    "unflatten": nn.Unflatten(1, (2, 2)), "localresponse": nn.LocalResponseNorm(3, alpha=0.1, beta=0.6, k=1.5), "flatten": nn.Flatten(),
}.items():
    case(name, m, r(3, 4, 5) * 2)
for name, m in {"dropout eval": nn.Dropout(0.5), "alpha dropout eval": nn.AlphaDropout(0.5), "channel dropout eval": nn.Dropout2d(0.5),
                "feature alpha dropout eval": nn.FeatureAlphaDropout(0.5), "rrelu eval": nn.RReLU(0.1, 0.4)}.items():
    case(name, m, r(3, 4, 5), False)
case("batchnorm3d", nn.BatchNorm3d(3, momentum=0.3), r(2, 3, 2, 3, 2) * 2 + 1)
case("batchnorm3d eval", nn.BatchNorm3d(3), r(2, 3, 2, 3, 2), False)
case("instancenorm tracked", nn.InstanceNorm2d(3, affine=True, track_running_stats=True), r(2, 3, 4, 3) * 2 + 1)
case("instancenorm tracked eval", nn.InstanceNorm2d(3, affine=True, track_running_stats=True), r(2, 3, 4, 3), False)
case("rmsnorm", nn.RMSNorm((3, 4)), r(2, 3, 4))
case("layernorm options", nn.LayerNorm((3, 4), eps=1e-3, bias=False), r(2, 3, 4))
case("embedding padding", nn.Embedding(5, 3, padding_idx=2), torch.tensor([[0, 4], [2, 4]]))
for mode in ("sum", "mean", "max"):
    case("embeddingbag " + mode, nn.EmbeddingBag(6, 3, mode=mode), torch.tensor([[0, 4, 1], [2, 5, 3]]))
case("avgpool3d", nn.AvgPool3d(2, stride=1, padding=1, count_include_pad=False), spread(1, 2, 3, 4, 3))
case("maxpool3d", nn.MaxPool3d(2, stride=2, padding=1, ceil_mode=True), spread(1, 2, 3, 4, 5))
case("lppool1d", nn.LPPool1d(3, 3, stride=2), r(1, 2, 7).abs() + 0.1)
case("lppool2d", nn.LPPool2d(2, 2), r(1, 2, 4, 5))
case("adaptive avg 1d", nn.AdaptiveAvgPool1d(3), r(1, 2, 7))
case("adaptive avg 3d", nn.AdaptiveAvgPool3d((2, 1, 3)), r(1, 2, 4, 3, 5))
case("adaptive max 1d", nn.AdaptiveMaxPool1d(3), spread(1, 2, 7))
case("adaptive max 3d", nn.AdaptiveMaxPool3d((2, 1, 3)), spread(1, 2, 4, 3, 5))
case("transpose3d", nn.ConvTranspose3d(2, 3, 2, stride=2, padding=1, output_padding=1), r(1, 2, 2, 3, 2))
case("pad constant", nn.ConstantPad2d((1, 2, 0, 3), 1.5), r(1, 2, 3, 4))
case("pad reflect", nn.ReflectionPad2d((1, 2, 0, 2)), r(1, 2, 3, 4))
case("pad replicate", nn.ReplicationPad1d((2, 1)), r(1, 2, 3))
case("pad circular", nn.CircularPad2d((1, 2, 0, 2)), r(1, 2, 3, 4))


class Both(nn.Module):
    """A bilinear layer of a tensor with itself."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Bilinear(4, 4, 3)

    def forward(self, x):
        return self.layer(x, x)


case("bilinear", Both(), r(2, 4))


def loss(name, m, x, t):
    """A loss of an output and a target."""
    x = x.clone().requires_grad_(True)
    y = m(x, t)
    y.backward()
    w.case("loss " + name, {"x": x, "t": t}, {"y": y}, {"x": x.grad}, {"loss": name})


classes, multi = torch.tensor([2, 0, 1]), torch.tensor([[1, 0, -1, 2], [0, -1, 1, 2], [3, 1, 2, 0]])
signs, bits = torch.randint(0, 2, (3, 4)).float() * 2 - 1, torch.randint(0, 2, (3, 4)).float()
loss("CrossEntropy", nn.CrossEntropyLoss(), r(3, 4), classes)
loss("CrossEntropyWith", nn.CrossEntropyLoss(label_smoothing=0.1, reduction="sum"), r(3, 4), classes)
loss("NLL", nn.NLLLoss(), r(3, 4).log_softmax(1), classes)
loss("NLLWith", nn.NLLLoss(reduction="sum"), r(3, 4).log_softmax(1), classes)
loss("MSE", nn.MSELoss(), r(3, 4), r(3, 4))
loss("L1", nn.L1Loss(), r(3, 4), r(3, 4))
loss("Huber", nn.HuberLoss(), r(3, 4) * 2, r(3, 4))
loss("HuberWith", nn.HuberLoss(delta=0.6), r(3, 4), r(3, 4))
loss("SmoothL1", nn.SmoothL1Loss(), r(3, 4) * 2, r(3, 4))
loss("SmoothL1With", nn.SmoothL1Loss(beta=0.6), r(3, 4), r(3, 4))
loss("BCE", nn.BCELoss(), torch.rand(3, 4), torch.rand(3, 4))
loss("BCEWithLogits", nn.BCEWithLogitsLoss(), r(3, 4) * 3, torch.rand(3, 4))
loss("BCEWithLogitsWith", nn.BCEWithLogitsLoss(reduction="sum"), r(3, 4) * 3, torch.rand(3, 4))
loss("KLDiv", nn.KLDivLoss(reduction="batchmean"), r(3, 4).log_softmax(1), r(3, 4).softmax(1))
loss("HingeEmbedding", nn.HingeEmbeddingLoss(), r(3, 4), signs)
loss("SoftMargin", nn.SoftMarginLoss(), r(3, 4), signs)
loss("MultiMargin", nn.MultiMarginLoss(), r(3, 4), classes)
loss("MultiMarginWith", nn.MultiMarginLoss(p=2, margin=0.7), r(3, 4), classes)
loss("MultiLabelMargin", nn.MultiLabelMarginLoss(), r(3, 4), multi)
loss("MultiLabelSoftMargin", nn.MultiLabelSoftMarginLoss(), r(3, 4), bits)
loss("PoissonNLL", nn.PoissonNLLLoss(), r(3, 4), torch.randint(0, 5, (3, 4)).float())
loss("PoissonNLLWith", nn.PoissonNLLLoss(log_input=False, full=True), torch.rand(3, 4) + 0.1, torch.randint(0, 5, (3, 4)).float())
w.save()
