namespace Rhytid.Torch;

/// <summary>The operators that the managed side calls, found once.</summary>
internal static class Ops
{
    // Creation
    public static readonly Operator Empty = Operator.Get("aten::empty.memory_format");
    public static readonly Operator Zeros = Operator.Get("aten::zeros");
    public static readonly Operator Ones = Operator.Get("aten::ones");
    public static readonly Operator Full = Operator.Get("aten::full");
    public static readonly Operator Arange = Operator.Get("aten::arange");
    public static readonly Operator Randn = Operator.Get("aten::randn");
    public static readonly Operator Rand = Operator.Get("aten::rand");
    public static readonly Operator UniformInPlace = Operator.Get("aten::uniform_");
    public static readonly Operator NormalInPlace = Operator.Get("aten::normal_");
    public static readonly Operator FillInPlace = Operator.Get("aten::fill_.Scalar");

    // Shape and memory
    public static readonly Operator Reshape = Operator.Get("aten::reshape");
    public static readonly Operator View = Operator.Get("aten::view");
    public static readonly Operator Flatten = Operator.Get("aten::flatten.using_ints");
    public static readonly Operator Permute = Operator.Get("aten::permute");
    public static readonly Operator Transpose = Operator.Get("aten::transpose.int");
    public static readonly Operator Unsqueeze = Operator.Get("aten::unsqueeze");
    public static readonly Operator Squeeze = Operator.Get("aten::squeeze.dim");
    public static readonly Operator Expand = Operator.Get("aten::expand");
    public static readonly Operator Narrow = Operator.Get("aten::narrow");
    public static readonly Operator Select = Operator.Get("aten::select.int");
    public static readonly Operator Slice = Operator.Get("aten::slice.Tensor");
    public static readonly Operator Alias = Operator.Get("aten::alias");
    public static readonly Operator Chunk = Operator.Get("aten::chunk");
    public static readonly Operator Roll = Operator.Get("aten::roll");
    public static readonly Operator Flip = Operator.Get("aten::flip");
    public static readonly Operator IndexSelect = Operator.Get("aten::index_select");
    public static readonly Operator Gather = Operator.Get("aten::gather");
    public static readonly Operator TopK = Operator.Get("aten::topk");
    public static readonly Operator ConstantPad = Operator.Get("aten::constant_pad_nd");
    public static readonly Operator ReflectionPad2d = Operator.Get("aten::reflection_pad2d");
    public static readonly Operator Cat = Operator.Get("aten::cat");
    public static readonly Operator Stack = Operator.Get("aten::stack");
    public static readonly Operator Contiguous = Operator.Get("aten::contiguous");
    public static readonly Operator Clone = Operator.Get("aten::clone");
    public static readonly Operator ToType = Operator.Get("aten::to.dtype");
    public static readonly Operator ToDevice = Operator.Get("aten::to.device");
    public static readonly Operator CopyInPlace = Operator.Get("aten::copy_");
    public static readonly Operator Detach = Operator.Get("aten::detach");
    public static readonly Operator Item = Operator.Get("aten::item");

    // Arithmetic
    public static readonly Operator Add = Operator.Get("aten::add.Tensor");
    public static readonly Operator AddScalar = Operator.Get("aten::add.Scalar");
    public static readonly Operator AddInPlace = Operator.Get("aten::add_.Tensor");
    public static readonly Operator AddScalarInPlace = Operator.Get("aten::add_.Scalar");
    public static readonly Operator Sub = Operator.Get("aten::sub.Tensor");
    public static readonly Operator SubScalar = Operator.Get("aten::sub.Scalar");
    public static readonly Operator Rsub = Operator.Get("aten::rsub.Scalar");
    public static readonly Operator Neg = Operator.Get("aten::neg");
    public static readonly Operator Mul = Operator.Get("aten::mul.Tensor");
    public static readonly Operator MulScalar = Operator.Get("aten::mul.Scalar");
    public static readonly Operator MulScalarInPlace = Operator.Get("aten::mul_.Scalar");
    public static readonly Operator Div = Operator.Get("aten::div.Tensor");
    public static readonly Operator DivScalar = Operator.Get("aten::div.Scalar");
    public static readonly Operator MatMul = Operator.Get("aten::matmul");
    public static readonly Operator Exp = Operator.Get("aten::exp");
    public static readonly Operator Log = Operator.Get("aten::log");
    public static readonly Operator Round = Operator.Get("aten::round");
    public static readonly Operator Sqrt = Operator.Get("aten::sqrt");
    public static readonly Operator Abs = Operator.Get("aten::abs");
    public static readonly Operator Pow = Operator.Get("aten::pow.Tensor_Scalar");
    public static readonly Operator Clamp = Operator.Get("aten::clamp");
    public static readonly Operator Sum = Operator.Get("aten::sum");
    public static readonly Operator SumDimensions = Operator.Get("aten::sum.dim_IntList");
    public static readonly Operator LogSumExp = Operator.Get("aten::logsumexp");
    public static readonly Operator Mean = Operator.Get("aten::mean");
    public static readonly Operator MeanDimensions = Operator.Get("aten::mean.dim");
    public static readonly Operator AMax = Operator.Get("aten::amax");
    public static readonly Operator Max = Operator.Get("aten::max");
    public static readonly Operator Min = Operator.Get("aten::min");
    public static readonly Operator ArgMax = Operator.Get("aten::argmax");
    public static readonly Operator GreaterScalar = Operator.Get("aten::gt.Scalar");
    public static readonly Operator Equal = Operator.Get("aten::eq.Tensor");
    public static readonly Operator NotEqual = Operator.Get("aten::ne.Tensor");
    public static readonly Operator MaskedFill = Operator.Get("aten::masked_fill.Scalar");
    public static readonly Operator AllClose = Operator.Get("aten::allclose");

    // Layers
    public static readonly Operator Conv2d = Operator.Get("aten::conv2d");
    public static readonly Operator ConvTranspose2d = Operator.Get("aten::conv_transpose2d.input");
    public static readonly Operator Linear = Operator.Get("aten::linear");
    public static readonly Operator BatchNorm = Operator.Get("aten::batch_norm");
    public static readonly Operator InstanceNorm = Operator.Get("aten::instance_norm");
    public static readonly Operator LayerNorm = Operator.Get("aten::layer_norm");
    public static readonly Operator Relu = Operator.Get("aten::relu");
    public static readonly Operator ReluInPlace = Operator.Get("aten::relu_");
    public static readonly Operator LeakyRelu = Operator.Get("aten::leaky_relu");
    public static readonly Operator LeakyReluInPlace = Operator.Get("aten::leaky_relu_");
    public static readonly Operator PRelu = Operator.Get("aten::prelu");
    public static readonly Operator Gelu = Operator.Get("aten::gelu");
    public static readonly Operator Sigmoid = Operator.Get("aten::sigmoid");
    public static readonly Operator Tanh = Operator.Get("aten::tanh");
    public static readonly Operator Softmax = Operator.Get("aten::softmax.int");
    public static readonly Operator LogSoftmax = Operator.Get("aten::log_softmax.int");
    public static readonly Operator Dropout = Operator.Get("aten::dropout");
    public static readonly Operator MaxPool2d = Operator.Get("aten::max_pool2d");
    public static readonly Operator AvgPool2d = Operator.Get("aten::avg_pool2d");
    public static readonly Operator AdaptiveAvgPool2d = Operator.Get("aten::adaptive_avg_pool2d");
    public static readonly Operator UpsampleNearest = Operator.Get("aten::upsample_nearest2d");
    public static readonly Operator UpsampleBilinear = Operator.Get("aten::upsample_bilinear2d");
    public static readonly Operator UpsampleBicubic = Operator.Get("aten::upsample_bicubic2d");
    public static readonly Operator PixelShuffle = Operator.Get("aten::pixel_shuffle");

    // Optimizers: whole lists at once
    public static readonly Operator ForeachAddScalar = Operator.Get("aten::_foreach_add_.Scalar");
    public static readonly Operator ForeachAdd = Operator.Get("aten::_foreach_add_.List");
    public static readonly Operator ForeachSum = Operator.Get("aten::_foreach_add.List");
    public static readonly Operator ForeachMul = Operator.Get("aten::_foreach_mul_.Scalar");
    public static readonly Operator ForeachDivideScalar = Operator.Get("aten::_foreach_div_.Scalar");
    public static readonly Operator ForeachSqrt = Operator.Get("aten::_foreach_sqrt");
    public static readonly Operator ForeachAddcmul = Operator.Get("aten::_foreach_addcmul_.Scalar");
    public static readonly Operator ForeachAddcdiv = Operator.Get("aten::_foreach_addcdiv_.Scalar");
    public static readonly Operator ForeachNorm = Operator.Get("aten::_foreach_norm.Scalar");
}
