using Rhytid.Torch.Nn;

namespace Rhytid.Torch.Tests;

/// <summary>
/// Nothing that the managed side passes ends the process: each call here is refused in one of the documented ways.
/// </summary>
public class AbuseTests
{
    private const long Absurd = 1L << 62;

    private static readonly Dictionary<string, Action> Calls = new()
    {
        // Operators and how many arguments they take
        ["unknown operator"] = () => Op("aten::no_such_thing"),
        ["unknown overload"] = () => Op("aten::add.NoSuchThing"),
        ["no name"] = () => Op(""),
        ["null name"] = () => Op(null!),
        ["null name asked for"] = () => Operator.Exists(null!),
        ["name with NUL"] = () => Op("aten::add.Tensor\0", Ones(2), Ones(2)),
        ["name without namespace"] = () => Op("add.Tensor", Ones(2), Ones(2)),
        ["dots"] = () => Op("..."),
        ["no arguments"] = () => Op("aten::add.Tensor"),
        ["too few arguments"] = () => Op("aten::add.Tensor", Ones(2)),
        ["too many arguments"] = () => Op("aten::add.Tensor", Ones(2), Ones(2), 1, 1),
        ["100 arguments"] = () => Op("aten::add.Tensor", new Value[100]),

        // Arguments of another type
        ["text for a tensor"] = () => Op("aten::relu", "tensor"),
        ["number for a tensor"] = () => Op("aten::relu", 1.0),
        ["null for a tensor"] = () => Op("aten::relu", (Tensor?)null),
        ["null operand"] = () => _ = Ones(2) + null!,
        ["null weight"] = () => Ones(1, 1, 3, 3).Conv2d(null!, null, 1, 0, 1),
        ["list of tensors for a tensor"] = () => Op("aten::relu", new Tensor?[] { Ones(2) }),
        ["object for a tensor"] = () => Op("aten::relu", PackedWeights()),
        ["tensor for an object"] = () => Op("prepacked::conv2d_clamp_run", Ones(1, 1, 3, 3), Ones(1)),
        ["list for an integer"] = () => Op("aten::unsqueeze", Ones(2), new long[] { 1 }),
        ["real for an integer"] = () => Op("aten::unsqueeze", Ones(2), 1.5),
        ["text for an integer"] = () => Op("aten::unsqueeze", Ones(2), "1"),
        ["tensor for an integer"] = () => Op("aten::unsqueeze", Ones(2), Ones(1)),
        ["integer for a list"] = () => Op("aten::view", Ones(2), 2),
        ["reals for integers"] = () => Op("aten::view", Ones(2), new[] { 2.0 }),
        ["truths for integers"] = () => Op("aten::view", Ones(2), new[] { true }),
        ["text for a truth"] = () => Op("aten::sum.dim_IntList", Ones(2), new long[] { 0 }, "true"),
        ["text with NUL"] = () => Op("aten::gelu", Ones(2), "no\0ne"),
        ["unknown text"] = () => Op("aten::gelu", Ones(2), "roughly"),
        ["tensor for a list of tensors"] = () => Op("aten::cat", Ones(2), 0),
        ["null in a list of tensors"] = () => Op("aten::cat", new Tensor?[] { Ones(2), null }, 0),
        ["integers for a list of tensors"] = () => Op("aten::cat", new long[] { 1 }, 0),
        ["device for a type"] = () => Op("aten::to.dtype", Ones(2), Device.Cpu),
        ["result that is no tensor"] = () => Op("aten::item", Ones(1)),
        ["result that is a list"] = () => Op("aten::unbind.int", Ones(2, 2), 0),
        ["result that is no number"] = () => Operator.Get("aten::relu").CallNumber(Ones(1)),
        ["result that is no object"] = () => Operator.Get("aten::relu").CallObject(Ones(1)),
        ["result that is nothing"] = () =>
            Operator.Get("aten::_backward").Call(Leaf(1) * 2, new Tensor?[] { Ones(1) }, Ones(1), true, false),

        // Types, formats, devices
        ["unknown type of a new tensor"] = () => Tensor.Empty([2], (DType)99),
        // 18 is "undefined" in 1.13; later versions gave that number to a type.
        ["undefined type"] = () =>
            Tensor.Zeros([2], (DType)(TorchRuntime.Version.StartsWith("1.", StringComparison.Ordinal) ? 18 : 99)),
        ["negative type"] = () => Tensor.Zeros([2], (DType)(-1)),
        ["unknown type converted to"] = () => Ones(2).To((DType)99),
        ["unknown type of bytes"] = () => Tensor.FromBytes(new byte[2], (DType)99, 2),
        ["unknown format"] = () => Ones(1, 2, 3, 4).Contiguous((MemoryFormat)77),
        ["format of another rank"] = () => Ones(2, 3).Contiguous(MemoryFormat.ChannelsLast),
        ["CUDA device out of range"] = () => Device.Cuda(128),
        ["negative CUDA device"] = () => Device.Cuda(-1),
        ["absent CUDA device"] = () => Tensor.Zeros([2], device: Device.Cuda(100)),
        ["moved to an absent CUDA device"] = () => Ones(2).To(Device.Cuda(100)),
        ["generator of an absent device"] = () => TorchRuntime.GetRandomState(Device.Cuda(100)),
        ["generator state of another type"] = () => TorchRuntime.SetRandomState(Ones(3)),
        ["generator state of another size"] = () => TorchRuntime.SetRandomState(Tensor.Zeros([3], DType.UInt8)),
        ["read as another type"] = () => Ones(2).ToArray<long>(),
        ["mixed types in a product"] = () => Ones(2, 2).MatMul(Tensor.Ones([2, 2], DType.Float64)),
        ["mixed types in a convolution"] = () =>
            Ones(1, 1, 3, 3).Conv2d(Tensor.Ones([1, 1, 3, 3], DType.Int64), null, 1, 0, 1),
        ["integers in a softmax"] = () => Op("aten::softmax.int", Tensor.Ones([3], DType.Int64), 0),
        ["integers that require gradients"] = () => Tensor.Ones([2], DType.Int64).RequiresGrad = true,

        // Shapes
        ["shapes that do not broadcast"] = () => _ = Ones(2, 3) + Ones(4),
        ["product of shapes that do not meet"] = () => Ones(2, 3).MatMul(Ones(2, 3)),
        ["view that does not fit"] = () => Ones(6).View(4, 2),
        ["view of a transposed tensor"] = () => Ones(2, 3).Transpose(0, 1).View(6),
        ["reshape with two unknowns"] = () => Ones(6).Reshape(-1, -1),
        ["dimension out of range"] = () => Ones(2).Unsqueeze(5),
        ["transposed dimension out of range"] = () => Ones(2).Transpose(0, 7),
        ["size of a dimension out of range"] = () => Ones(2).Size(3),
        ["index out of range"] = () => _ = Ones(2)[2],
        ["range out of range"] = () => _ = Ones(2)[1..3],
        ["too many indices"] = () => _ = Ones(2)[0, 0],
        ["part out of range"] = () => Ones(4).Narrow(0, 3, 2),
        ["chunks of none"] = () => Ones(4).Chunk(0),
        ["permutation with a repeated dimension"] = () => Ones(2, 3).Permute(0, 0),
        ["rows out of range"] = () => Ones(3, 2).IndexSelect(0, Tensor.From([0L, 3], 2)),
        ["negative rows"] = () => Ones(3, 2).IndexSelect(0, Tensor.From([-1L], 1)),
        ["rows that are no integers"] = () => Ones(3, 2).IndexSelect(0, Ones(2)),
        ["negative size"] = () => Tensor.Zeros([-1]),
        ["absurd size"] = () => Tensor.Zeros([Absurd]),
        ["absurd product of sizes"] = () => Tensor.Zeros([Absurd, Absurd]),
        ["more memory than there is"] = () => Tensor.Zeros([1L << 50]),
        ["absurd expansion read"] = () => Ones(1).Expand(1L << 40).ToArray<float>(),
        ["absurd range"] = () => Tensor.Arange(Absurd),
        ["too few values"] = () => Tensor.From(new float[3], 2, 2),
        ["values for an absurd shape"] = () => Tensor.From(new float[3], Absurd, 4),
        ["values for a negative shape"] = () => Tensor.From(new float[4], -2, -2),
        ["wrapped values for an absurd shape"] = () => Tensor.Wrap<float>(new float[3], Absurd, Absurd),
        ["null shape"] = () => Tensor.From(new float[1], null!),
        ["65 dimensions"] = () => Ones([.. Enumerable.Repeat(1L, 65)]).ToArray<float>(),
        ["kernel larger than the input"] = () => Ones(1, 1, 3, 3).Conv2d(Ones(1, 1, 5, 5), null, 1, 0, 1),
        ["stride of zero"] = () => Ones(1, 1, 3, 3).Conv2d(Ones(1, 1, 1, 1), null, 0, 0, 1),
        ["negative padding"] = () => Ones(1, 1, 3, 3).Conv2d(Ones(1, 1, 1, 1), null, 1, -1, 1),
        ["absurd padding"] = () => Ones(1, 1, 3, 3).Conv2d(Ones(1, 1, 1, 1), null, 1, new Size2(1 << 30, 1 << 30), 1),
        ["groups of zero"] = () => Ones(1, 2, 3, 3).Conv2d(Ones(2, 1, 1, 1), null, 1, 0, 1, groups: 0),
        ["groups that do not divide"] = () => Ones(1, 3, 3, 3).Conv2d(Ones(2, 1, 1, 1), null, 1, 0, 1, groups: 2),
        ["more groups than channels"] = () =>
            Ones(1, 2, 3, 3).Conv2d(Ones(2, 1, 1, 1), null, 1, 0, 1, groups: int.MaxValue),
        ["negative groups"] = () => Ones(1, 2, 3, 3).Conv2d(Ones(2, 1, 1, 1), null, 1, 0, 1, groups: -1),
        ["absurd stride"] = () =>
            Ones(1, 1, 3, 3).ConvTranspose2d(Ones(1, 1, 2, 2), null, new Size2(1L << 40, 1L << 40)),
        ["shuffle by nothing"] = () => Ones(1, 4, 3, 3).PixelShuffle(0),
        ["shuffle by less than nothing"] = () => Ones(1, 4, 3, 3).PixelShuffle(-2),
        ["absurd shuffle"] = () => Ones(1, 4, 3, 3).PixelShuffle(int.MinValue),
        ["three strides"] = () =>
            Op("aten::conv2d", Ones(1, 1, 3, 3), Ones(1, 1, 1, 1), Value.None, new long[] { 1, 1, 1 }),
        ["mirrored padding of three numbers"] = () =>
            Op("aten::reflection_pad2d", Ones(1, 1, 3, 3), new long[] { 1, 1, 1 }),
        ["mirrored padding of no numbers"] = () => Op("aten::reflection_pad2d", Ones(1, 1, 3, 3), Array.Empty<long>()),
        ["mirrored padding beyond the image"] = () => Ones(1, 1, 3, 3).PadReflect(3, 0, 0, 0),
        ["padding that crops everything"] = () => Ones(1, 1, 3, 3).Pad([-2, -2]),
        ["window larger than the input"] = () => Ones(1, 1, 3, 3).MaxPool2d(5),
        ["pooling of nothing"] = () => Ones(1, 1, 0, 3).MaxPool2d(2),
        ["interpolation to nothing"] = () => Ones(1, 1, 3, 3).Interpolate(0, InterpolationMode.Bilinear),
        ["interpolation to an absurd size"] = () =>
            Ones(1, 1, 3, 3).Interpolate(new Size2(1L << 31, 1L << 31), InterpolationMode.Bilinear),
        ["interpolation of another kind"] = () => Ones(1, 1, 3, 3).Interpolate(2, (InterpolationMode)9),
        ["joining nothing"] = () => Tensor.Cat([], 0),
        ["stacking nothing"] = () => Tensor.Stack([]),
        ["joining shapes that differ"] = () => Tensor.Cat([Ones(2, 2), Ones(3, 3)], 0),
        ["normalising one value"] = () => Ones(2, 3).LayerNorm([4]),
        ["normalising with another number of channels"] = () =>
            Ones(2, 3, 4, 4).BatchNorm(Ones(2), null, null, null, true),
        ["evaluating a norm without statistics"] = () =>
            Ones(2, 3, 4, 4).BatchNorm(null, null, null, null, training: false),
        ["item of many"] = () => Ones(2).ToDouble(),
        ["item of none"] = () => Ones(0).ToDouble(),

        // Disposed tensors
        ["disposed argument"] = () => Gone().Relu(),
        ["disposed second argument"] = () => Ones(2).AddInPlace(Gone()),
        ["disposed in a list"] = () => Tensor.Cat([Ones(2), Gone()], 0),
        ["disposed gradient"] = () => Leaf(2).Grad = Gone(),
        ["gradient of a disposed tensor"] = () => _ = Gone().Grad,
        ["gradient for a disposed tensor"] = () => Gone().Grad = null,
        ["backward of a disposed tensor"] = () => Gone().Backward(),
        ["backward with a disposed gradient"] = () => (Leaf(2) * 2).Backward(Gone()),
        ["disposed and indexed"] = () => _ = Gone()[0],
        ["disposed shape"] = () => _ = Gone().Shape,
        ["disposed type"] = () => _ = Gone().DType,
        ["disposed flag"] = () => Gone().RequiresGrad = true,
        ["disposed elements"] = () => Gone().ToArray<float>(),
        ["disposed span"] = () => Gone().AsSpan<float>(),
        ["disposed data set"] = () => Ones(2).SetData(Gone()),
        ["data set of a disposed tensor"] = () => Gone().SetData(Ones(2)),
        ["disposed state"] = () => TorchRuntime.SetRandomState(Gone()),
        ["disposed object"] = () =>
        {
            var weights = PackedWeights();
            weights.Dispose();
            Op("prepacked::conv2d_clamp_run", Ones(1, 1, 3, 3), weights);
        },

        // Gradients
        ["backward without a graph"] = () => Ones(1).Backward(),
        ["backward of many numbers"] = () => (Leaf(3) * 2).Backward(),
        ["backward with another shape"] = () => (Leaf(3) * 2).Backward(Ones(4)),
        ["backward twice"] = () =>
        {
            var x = Leaf(3);
            var loss = (x * x).Sum();
            loss.Backward();
            loss.Backward();
        },
        ["leaf changed in place"] = () => Leaf(2).FillInPlace(1),
        ["saved value changed in place"] = () =>
        {
            var x = Leaf(2).Exp();
            var y = x.Exp().Sum();
            var z = (x * x).Sum() + y;
            x.FillInPlace(0);
            z.Backward();
        },
        ["gradient flag of a result"] = () => (Leaf(2) * 2).RequiresGrad = false,
        ["inference tensor in a recorded product"] = () => _ = Leaf(2) * Inferred(),
        ["inference tensor that requires gradients"] = () => Inferred().RequiresGrad = true,
        ["inference tensor with an inner change"] = () => Inferred().View(2).AddInPlace(Leaf(2)),
        ["data set of another layout"] = () => Leaf(2).SetData(Operator.Get("aten::to_sparse").Call(Ones(2))),
        ["elements of a sparse tensor"] = () => Operator.Get("aten::to_sparse").Call(Ones(2)).AsSpan<float>(),
        ["elements without memory"] = () =>
            Operator.Get("aten::_efficientzerotensor")
                .Call(new long[] { 4 }, DType.Float32, Value.None, Device.Cpu)
                .AsSpan<float>(),
        ["elements of a negative view"] = () => Operator.Get("aten::_neg_view").Call(Ones(2)).AsSpan<float>(),
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_abuse_is_refused_and_the_next_call_works(string name)
    {
        using (TensorScope.Begin())
        {
            var error = Record.Exception(Calls[name]);
            Assert.True(
                error is TorchException or ArgumentException or ObjectDisposedException or InvalidOperationException,
                $"{name}: {error?.ToString() ?? "no exception"}");
            Assert.False(string.IsNullOrWhiteSpace(error!.Message));
            if (error is TorchException torch)
                Assert.StartsWith(torch.Operation + ": ", torch.Message, StringComparison.Ordinal);
        }
        AssertStillComputes();
    }

    [Fact]
    public void The_message_begins_with_the_operators_name_and_has_no_stack()
    {
        using var scope = TensorScope.Begin();
        var error = Assert.Throws<TorchException>(() => Ones(2, 3).MatMul(Ones(2, 3)));
        Assert.StartsWith(
            "aten::matmul: mat1 and mat2 shapes cannot be multiplied", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Operators_of_every_kind_of_result_can_be_called()
    {
        using var scope = TensorScope.Begin();
        Operator.Get("aten::_foreach_add_.Scalar").Run(new Tensor?[] { Ones(2) }, 1); // nothing
        Assert.Equal(3, Operator.Get("aten::unbind.int").CallMany(Ones(3, 2), 0).Length); // a list
        Assert.Equal(2, Operator.Get("aten::max.dim").CallMany(Ones(3, 2), 0).Length); // several
        Assert.Equal(1, Operator.Get("aten::is_nonzero").CallNumber(Ones(1))); // a truth
        Assert.Null(
            Operator.Get("aten::native_layer_norm_backward")
                .CallMany(
                    Ones(1, 2), Ones(1, 2), new long[] { 2 }, Ones(1, 1), Ones(1, 1), Value.None, Value.None,
                    new[] { true, false, false })[2]);
        Operator.Get("aten::max.dim").Call(Ones(3, 2), 0); // the first of several
    }

    [Fact]
    public void A_thousand_scopes_nest()
    {
        var scopes = new Stack<TensorScope>();
        var tensors = new List<Tensor>();
        for (var i = 0; i < 1000; i++)
        {
            scopes.Push(TensorScope.Begin());
            tensors.Add(Ones(2));
        }
        while (scopes.TryPop(out var scope))
        {
            Assert.False(tensors[scopes.Count].IsDisposed);
            scope.Dispose();
            Assert.True(tensors[scopes.Count].IsDisposed);
        }
        AssertStillComputes();
    }

    [Fact]
    public void Scopes_end_on_their_thread_innermost_first_and_once()
    {
        var outer = TensorScope.Begin();
        var inner = TensorScope.Begin();
        var tensor = Ones(2);
        Assert.Throws<InvalidOperationException>(outer.Dispose);
        Exception? elsewhere = null;
        var thread = new Thread(() => elsewhere = Record.Exception(inner.Dispose));
        thread.Start();
        thread.Join();
        Assert.IsType<InvalidOperationException>(elsewhere);
        Assert.False(tensor.IsDisposed);
        inner.Dispose();
        inner.Dispose();
        outer.Dispose();
        Assert.True(tensor.IsDisposed);
        Assert.Same(tensor, outer.MoveOut(tensor));
        AssertStillComputes();
    }

    [Fact]
    public void A_cancelled_scope_stops_before_the_next_operator()
    {
        using var source = new CancellationTokenSource();
        using (var scope = TensorScope.Begin(source.Token))
        {
            var tensor = Ones(2);
            source.Cancel();
            Assert.Throws<OperationCanceledException>(() => tensor.Relu());
            Assert.Throws<OperationCanceledException>(() => Ones(2));
        }
        AssertStillComputes();
    }

    [Fact]
    public void A_tensor_may_be_disposed_while_other_threads_use_it()
    {
        Tensor current = Ones(256);
        var stop = false;
        var errors = new List<Exception>();
        var users = Enumerable.Range(0, 3).Select(i => new Thread(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                try
                {
                    using var scope = TensorScope.Begin();
                    var seen = Volatile.Read(ref current);
                    _ = i switch
                    {
                        0 => (seen + seen).ToArray<float>().Length,
                        1 => seen.Shape.Length + seen.ToArray<float>().Length,
                        _ => Tensor.Cat([seen, seen], 0)[3..].Reshape(-1, 1).ToArray<float>().Length,
                    };
                }
                catch (Exception error) when (error is TorchException or ObjectDisposedException)
                {
                    // What a user of a tensor that another thread disposes has to expect.
                }
                catch (Exception error)
                {
                    lock (errors)
                        errors.Add(error);
                    return;
                }
            }
        })).ToArray();
        Array.ForEach(users, user => user.Start());
        for (var i = 0; i < 20_000; i++)
            Interlocked.Exchange(ref current, Ones(256)).Dispose();
        Volatile.Write(ref stop, true);
        Array.ForEach(users, user => user.Join());
        current.Dispose();
        Assert.Empty(errors);
        AssertStillComputes();
    }

    [Fact]
    public void Wrapped_memory_is_let_go_when_the_tensor_is_refused()
    {
        for (var i = 0; i < 1000; i++)
            Assert.Throws<ArgumentException>(() => Tensor.Wrap<float>(new float[4], 5));
        AssertStillComputes();
    }

    private static void AssertStillComputes()
    {
        using var scope = TensorScope.Begin();
        var x = Tensor.From([1f, 2, 3, 4], 2, 2);
        x.RequiresGrad = true;
        x.MatMul(x).Sum().Backward();
        Assert.Equal([7f, 11, 9, 13], x.Grad!.ToArray<float>());
    }

    private static void Op(string name, params Value[] arguments) => Operator.Get(name).Call(arguments);

    private static Tensor Ones(params long[] shape) => Tensor.Ones(shape);

    private static Tensor Leaf(params long[] shape)
    {
        var tensor = Ones(shape);
        tensor.RequiresGrad = true;
        return tensor;
    }

    private static Tensor Gone()
    {
        var tensor = Ones(2);
        tensor.Dispose();
        return tensor;
    }

    private static Tensor Inferred()
    {
        using var mode = Autograd.Inference();
        return Ones(2);
    }

    private static TorchObject PackedWeights() =>
        Operator.Get("prepacked::conv2d_clamp_prepack")
            .CallObject(Ones(1, 1, 1, 1), Value.None, new long[] { 1, 1 }, new long[] { 0, 0 }, new long[] { 1, 1 }, 1);
}
