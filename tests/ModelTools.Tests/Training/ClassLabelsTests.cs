using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Tests.Torch;
using ModelTools.Torch;
using ModelTools.Torch.Training;
using ModelTools.Training;

namespace ModelTools.Tests.Training;

/// <summary>Labels that are no class: TensorFlow stops on the processor and gives NaN on others, so that they are told before.</summary>
public sealed class ClassLabelsTests
{
    private static readonly TensorSpec Output = new(DType.Float32, [-1, 10], "digit");

    [Theory]
    [InlineData(DType.UInt8, 10)]
    [InlineData(DType.Int8, -1)]
    [InlineData(DType.Int16, 300)]
    [InlineData(DType.UInt32, 4_000_000_000)]
    [InlineData(DType.Int64, long.MaxValue)]
    [InlineData(DType.Int64, long.MinValue)]
    [InlineData(DType.Float32, -1)]
    [InlineData(DType.Float64, double.NaN)]
    [InlineData(DType.Float32, double.PositiveInfinity)]
    public void The_label_and_its_row_are_named(DType dtype, double label)
    {
        var labels = Labels(dtype, 7, label);
        var error = Assert.Throws<ModelToolsException>(() => ClassLabels.Check(new SparseCategoricalCrossentropy(), labels, Output));

        Assert.Equal((ErrorCode.TargetMismatch, "digit"), (error.Code, error.Location));
        Assert.StartsWith("Row 7 of the target has the label ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("the output 'digit' has 10 classes, 0 to 9.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DType.UInt8)]
    [InlineData(DType.Int64)]
    [InlineData(DType.UInt64)]
    [InlineData(DType.Float32)]
    public void Every_class_is_a_label(DType dtype)
    {
        ClassLabels.Check(new NamedLoss("sparse_categorical_crossentropy"), Tensor.FromArray([0d, 1, 2, 3, 4, 5, 6, 7, 8, 9], 10).Cast(dtype), Output);
        Assert.Throws<ModelToolsException>(() => ClassLabels.Check(new NamedLoss("sparse_categorical_crossentropy"), Tensor.FromArray([9d, 10], 2).Cast(dtype), Output));
    }

    [Fact]
    public void A_label_that_does_not_count_may_be_any_number()
    {
        var labels = Tensor.FromArray([0L, 255, 9], 3);
        ClassLabels.Check(new SparseCategoricalCrossentropy { IgnoreClass = 255 }, labels, Output);

        Assert.Throws<ModelToolsException>(() => ClassLabels.Check(new SparseCategoricalCrossentropy { IgnoreClass = -1 }, labels, Output));
    }

    [Fact]
    public void The_row_of_a_label_in_a_sequence_is_that_of_its_sample()
    {
        var labels = new long[4 * 3];
        labels[8] = 12;
        var error = Assert.Throws<ModelToolsException>(() => ClassLabels.Check(new SparseCategoricalCrossentropy(), Tensor.FromArray(labels, 4, 3), new TensorSpec(DType.Float32, [-1, 3, 10], "tag")));

        Assert.StartsWith("Row 2 of the target has the label 12;", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_losses_take_other_numbers() =>
        ClassLabels.Check(new MeanSquaredError(), Tensor.FromArray([-7f, 1e9f], 2, 1), new TensorSpec(DType.Float32, [-1, 1], "price"));

    [SkippableFact]
    public void Neither_training_nor_evaluation_begins_with_such_a_label()
    {
        Engine.Require();
        var model = Model.Sequential([new Dense(10) { Name = "digit", BatchInputShape = [-1, 4] }]);
        model.Initialize(seed: 1);
        model.Training = new TrainingConfiguration { Optimizer = new Adam(), Loss = PerOutput<Loss>.Of(new SparseCategoricalCrossentropy { FromLogits = true }) };
        var inputs = Tensor.Zeros(DType.Float32, [40, 4]);
        var (good, bad) = (new TrainingData(inputs, Labels(DType.UInt8, 0, 3)), new TrainingData(inputs, Labels(DType.UInt8, 33, 10)));
        var before = model.Variables.First().Value.Digest();

        Assert.All<Action>(
            [
                () => Trainer.Fit(model, bad),
                () => Trainer.Fit(model, bad, new FitOptions { ValidationSplit = 0.5 }),
                () => Trainer.Fit(model, good, new FitOptions { Validation = bad }),
                () => Evaluator.Evaluate(model, bad),
            ],
            work => Assert.StartsWith("Row 33 of the target has the label 10;", Assert.Throws<ModelToolsException>(work).Message, StringComparison.Ordinal));
        Assert.Equal(before, model.Variables.First().Value.Digest());
        Assert.True(double.IsFinite(Evaluator.Evaluate(model, good)[0].Value));
    }

    private static Tensor Labels(DType dtype, int row, double label)
    {
        var labels = new double[40];
        labels[row] = label;
        return dtype switch
        {
            DType.Int64 => Tensor.FromArray([.. labels.Select(value => value <= long.MinValue ? long.MinValue : value >= long.MaxValue ? long.MaxValue : (long)value)], 40),
            DType.UInt32 => Tensor.FromArray([.. labels.Select(value => (uint)value)], 40),
            _ => Tensor.FromArray(labels, 40).Cast(dtype),
        };
    }
}
