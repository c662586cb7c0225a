using ModelTools.Diagnostics;
using ModelTools.Tensors;
using ModelTools.Training;

namespace ModelTools.Tests.Training;

/// <summary>Flat lists of optimizer variables as older and damaged files have them; names and order as in keras.md §3.5 and §8.3.</summary>
public sealed class OptimizerLayoutTests
{
    private static readonly OptimizerVariable[] Variables = [new("dense/kernel", [2, 3], DType.Float32), new("dense/bias", [3], DType.Float32)];

    [Theory]
    [InlineData(OptimizerGeneration.Keras3, "adam/iteration", "adam/learning_rate", "adam/dense_kernel_momentum", "adam/dense_kernel_velocity", "adam/dense_bias_momentum", "adam/dense_bias_velocity")]
    [InlineData(OptimizerGeneration.Keras2, "iteration:0", "Adam/m/dense/kernel:0", "Adam/v/dense/kernel:0", "Adam/m/dense/bias:0", "Adam/v/dense/bias:0")]
    [InlineData(OptimizerGeneration.Keras2Legacy, "Adam/iter:0", "Adam/dense/kernel/m:0", "Adam/dense/bias/m:0", "Adam/dense/kernel/v:0", "Adam/dense/bias/v:0")]
    public void Each_generation_has_its_order_and_names(OptimizerGeneration generation, params string[] names) =>
        Assert.Equal(names, OptimizerLayout.For(new Adam(), generation, Variables).Entries.Select(entry => entry.Name));

    [Fact]
    public void A_schedule_leaves_no_learning_rate_in_the_list() => Assert.DoesNotContain(
        OptimizerLayout.For(new Adam { LearningRate = new ExponentialDecay(0.1, 10, 0.5) }, OptimizerGeneration.Keras3, Variables).Entries,
        entry => entry.Kind is OptimizerEntryKind.LearningRate);

    [Fact]
    public void A_state_survives_every_layout()
    {
        var optimizer = new Adam { Amsgrad = true, UseEma = true };
        foreach (var generation in Enum.GetValues<OptimizerGeneration>())
        {
            var layout = OptimizerLayout.For(optimizer, generation, Variables);
            var flat = layout.Entries.Select((entry, i) => entry.Kind is OptimizerEntryKind.Iteration ? Tensor.Scalar(7L) : entry.Kind is OptimizerEntryKind.LearningRate ? Tensor.Scalar(0.25f) : Numbered(entry.Shape, i)).ToArray();
            var again = layout.Flatten(layout.Restore(flat));
            Assert.All(flat.Zip(again), pair => Assert.Equal(Closeness.Numbers(pair.First), Closeness.Numbers(pair.Second)));
            Assert.Equal(7, layout.Restore(flat).Iterations);
        }
    }

    [Fact]
    public void Lists_of_neighbouring_versions_are_understood()
    {
        Tensor[] slots = [Numbered([2, 3], 1), Numbered([3], 2), Numbered([2, 3], 3), Numbered([3], 4)];
        var old = OptimizerLayout.For(new Adam(), OptimizerGeneration.MultiBackend, Variables);

        // Keras 2.3 stored a third slot of shape (1,) that Adam without AMSGrad does not use; older files lack the count of steps.
        var withThird = old.Restore([Tensor.Scalar(5L), .. slots, Numbered([1], 8), Numbered([1], 9)]);
        Assert.Equal(5, withThird.Iterations);
        Assert.Same(slots[3], withThird.Slots[1][1]);
        Assert.Same(slots[2], old.Restore(slots).Slots[0][1]);

        var scheduled = OptimizerLayout.For(new SGD { LearningRate = new ExponentialDecay(0.1, 10, 0.5), Momentum = 0.5 }, OptimizerGeneration.Keras3, Variables);
        Assert.Equal(0.5, scheduled.Restore([Tensor.Scalar(5L), Tensor.Scalar(0.5f), slots[0], slots[1]]).LearningRate);
    }

    [Fact]
    public void Nadams_product_follows_from_the_steps_where_a_file_lacks_it()
    {
        var optimizer = new Nadam { Generation = OptimizerGeneration.Keras2 };
        var layout = OptimizerLayout.For(optimizer, OptimizerGeneration.Keras2, Variables);
        var state = layout.Restore([.. layout.Entries.Select(entry => entry.Kind is OptimizerEntryKind.Iteration ? Tensor.Scalar(2L) : Tensor.Zeros(entry.DType, entry.Shape))]);
        var expected = 0.9 * (1 - (0.5 * 0.96)) * 0.9 * (1 - (0.5 * 0.96 * 0.96));
        Assert.Equal(expected, state.Shared[0], 1e-6);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var layout = OptimizerLayout.For(new Adam(), OptimizerGeneration.Keras2, Variables);
        var count = Assert.Throws<ModelToolsException>(() => layout.Restore([Tensor.Scalar(1L), Numbered([2, 3], 1)]));
        Assert.Equal(ErrorCode.WeightCountMismatch, count.Code);
        var shape = Assert.Throws<ModelToolsException>(() => layout.Restore([Tensor.Scalar(1L), Numbered([3, 2], 1), Numbered([2, 3], 2), Numbered([3], 3), Numbered([3], 4)]));
        Assert.Equal(ErrorCode.WeightShapeMismatch, shape.Code);
        Assert.Contains("dense/kernel", shape.Message, StringComparison.Ordinal);
        var number = Assert.Throws<ModelToolsException>(() => layout.Restore([Numbered([4], 1), Numbered([2, 3], 1), Numbered([2, 3], 2), Numbered([3], 3), Numbered([3], 4)]));
        Assert.Equal(ErrorCode.WeightShapeMismatch, number.Code);
    }

    [Theory]
    [InlineData(0.1, 0.1, null)]
    [InlineData(null, 0.1, 2)]
    public void Options_that_exclude_each_other_are_refused(double? clipnorm, double? globalClipnorm, int? steps)
    {
        var error = Assert.Throws<ModelToolsException>(new Adam { Clipnorm = clipnorm, GlobalClipnorm = globalClipnorm, GradientAccumulationSteps = steps }.Validate);
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
    }

    private static Tensor Numbered(Shape shape, int first) => Tensor.FromArray<float>([.. Enumerable.Range(0, (int)shape.ElementCount).Select(i => first + (i / 100f))], shape);
}
