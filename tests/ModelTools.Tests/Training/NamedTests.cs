using ModelTools.Diagnostics;
using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Training;

namespace ModelTools.Tests.Training;

/// <summary>Names that stand for losses, metrics and optimizers (keras.losses.get, keras.metrics.get, keras.optimizers.get).</summary>
public sealed class NamedTests
{
    private static readonly Shape Classes = [8, 10];

    [Theory]
    [InlineData("mse", typeof(MeanSquaredError))]
    [InlineData("MSE", typeof(MeanSquaredError))]
    [InlineData("mae", typeof(MeanAbsoluteError))]
    [InlineData("MAPE", typeof(MeanAbsolutePercentageError))]
    [InlineData("msle", typeof(MeanSquaredLogarithmicError))]
    [InlineData("bce", typeof(BinaryCrossentropy))]
    [InlineData("KLD", typeof(KLDivergence))]
    [InlineData("kl_divergence", typeof(KLDivergence))]
    [InlineData("kullback_leibler_divergence", typeof(KLDivergence))]
    [InlineData("logcosh", typeof(LogCosh))]
    [InlineData("log_cosh", typeof(LogCosh))]
    [InlineData("cosine_proximity", typeof(CosineSimilarity))]
    [InlineData("huber", typeof(Huber))]
    [InlineData("huber_loss", typeof(Huber))]
    [InlineData("mean_squared_error", typeof(MeanSquaredError))]
    [InlineData("sparse_categorical_crossentropy", typeof(SparseCategoricalCrossentropy))]
    [InlineData("categorical_crossentropy", typeof(CategoricalCrossentropy))]
    public void A_loss_is_known_by_its_names(string name, Type expected)
    {
        var loss = new NamedLoss(name).Resolve(Classes, Classes);
        Assert.IsType(expected, loss);
        Assert.Equal(name, loss.Name);
    }

    [Theory]
    [InlineData("accuracy", new long[] { 8, 1 }, new long[] { 8, 1 }, typeof(BinaryAccuracy))]
    [InlineData("acc", new long[] { 8 }, new long[] { 8, 1 }, typeof(BinaryAccuracy))]
    [InlineData("accuracy", new long[] { 8 }, new long[] { 8, 10 }, typeof(SparseCategoricalAccuracy))]
    [InlineData("accuracy", new long[] { 8, 1 }, new long[] { 8, 10 }, typeof(SparseCategoricalAccuracy))]
    [InlineData("accuracy", new long[] { 8, 10 }, new long[] { 8, 10 }, typeof(CategoricalAccuracy))]
    [InlineData("accuracy", new long[] { 8, 5 }, new long[] { 8, 5, 10 }, typeof(SparseCategoricalAccuracy))]
    [InlineData("ce", new long[] { 8, 10 }, new long[] { 8, 10 }, typeof(CategoricalCrossentropyMetric))]
    [InlineData("crossentropy", new long[] { 8 }, new long[] { 8, 10 }, typeof(SparseCategoricalCrossentropyMetric))]
    [InlineData("crossentropy", new long[] { 8 }, new long[] { 8, 1 }, typeof(BinaryCrossentropyMetric))]
    [InlineData("mae", new long[] { 8, 10 }, new long[] { 8, 10 }, typeof(MeanAbsoluteErrorMetric))]
    [InlineData("AUC", new long[] { 8, 10 }, new long[] { 8, 10 }, typeof(AUC))]
    [InlineData("sparse_top_k_categorical_accuracy", new long[] { 8 }, new long[] { 8, 10 }, typeof(SparseTopKCategoricalAccuracy))]
    public void A_metric_is_known_by_its_names_and_by_the_shapes_of_the_data(string name, long[] target, long[] prediction, Type expected)
    {
        var metric = new NamedMetric(name) { Dialect = KerasDialect.Keras2 }.Resolve(Shape.Create(target), Shape.Create(prediction));
        Assert.IsType(expected, metric);
        Assert.Equal(name, metric.Name);
        Assert.Equal(KerasDialect.Keras2, metric.Dialect);
    }

    [Theory]
    [InlineData(new long[] { 8, 10 }, new long[] { 8, 10 }, typeof(CategoricalCrossentropy))]
    [InlineData(new long[] { 8 }, new long[] { 8, 10 }, typeof(SparseCategoricalCrossentropy))]
    [InlineData(new long[] { 8, 1 }, new long[] { 8, 1 }, typeof(BinaryCrossentropy))]
    public void Crossentropy_is_the_one_that_fits_the_data(long[] target, long[] prediction, Type expected) =>
        Assert.IsType(expected, new NamedLoss("crossentropy").Resolve(Shape.Create(target), Shape.Create(prediction)));

    [Theory]
    [InlineData("adam", typeof(Adam))]
    [InlineData("Adam", typeof(Adam))]
    [InlineData("adamw", typeof(AdamW))]
    [InlineData("sgd", typeof(SGD))]
    [InlineData("rmsprop", typeof(RMSprop))]
    [InlineData("nadam", typeof(Nadam))]
    [InlineData("ftrl", typeof(Ftrl))]
    [InlineData("LossScaleOptimizerV3", typeof(LossScaleOptimizer))]
    public void An_optimizer_is_known_by_its_names(string name, Type expected) => Assert.Equal(expected, ObjectRegistry<Optimizer>.Find(name)!.Type);

    [Fact]
    public void An_unknown_name_is_refused_with_the_known_ones()
    {
        var loss = Assert.Throws<ModelToolsException>(() => new NamedLoss("mean_error").Resolve(Classes, Classes));
        Assert.Equal(ErrorCode.UnknownName, loss.Code);
        Assert.Contains("mean_squared_error", loss.Message, StringComparison.Ordinal);
        var metric = Assert.Throws<ModelToolsException>(() => new NamedMetric("precision_and_recall").Resolve(Classes, Classes));
        Assert.Equal(ErrorCode.UnknownName, metric.Code);
        Assert.Contains("precision", metric.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_class_has_a_schema_and_a_name_of_its_own()
    {
        Assert.Equal(ObjectRegistry<Loss>.All.Count, ObjectRegistry<Loss>.All.Select(schema => schema.ClassName).Distinct().Count());
        Assert.Equal(ObjectRegistry<Metric>.All.Count, ObjectRegistry<Metric>.All.Select(schema => schema.ClassName).Distinct().Count());
        Assert.DoesNotContain(ObjectRegistry<Metric>.All, schema => schema.ClassName.EndsWith("Metric", StringComparison.Ordinal));
        Assert.Contains("learning_rate", ObjectRegistry<Optimizer>.Find("Adam")!.Properties.Select(property => property.Key));
        Assert.DoesNotContain("learning_rate", ObjectRegistry<Optimizer>.Find("LossScaleOptimizer")!.Properties.Select(property => property.Key));
    }
}
