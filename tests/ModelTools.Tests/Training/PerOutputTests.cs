using ModelTools.Diagnostics;
using ModelTools.Objects;
using ModelTools.Training;

namespace ModelTools.Tests.Training;

/// <summary>Losses and metrics of models with several outputs.</summary>
public sealed class PerOutputTests
{
    private static readonly string[] Outputs = ["score", "kind"];

    [Fact]
    public void One_for_all_a_list_and_names_lead_to_the_same_place()
    {
        Loss first = new MeanSquaredError();
        Loss second = new NamedLoss("mae");
        Assert.Same(first, PerOutput<Loss>.Of(first).For(1, "kind"));
        Assert.Same(second, PerOutput<Loss>.List(first, second).For(1, "kind"));
        Assert.Null(PerOutput<Loss>.List(first).For(1, "kind"));
        Assert.Same(second, PerOutput<Loss>.ByName([new("kind", second)]).For(1, "kind"));
        Assert.Null(PerOutput<Loss>.ByName([new("kind", second)]).For(0, "score"));
    }

    [Fact]
    public void What_the_model_does_not_have_is_refused()
    {
        var unknown = Assert.Throws<ModelToolsException>(() => PerOutput<Loss>.ByName([new("sort", new MeanSquaredError())]).Check(Outputs, "loss"));
        Assert.Equal(ErrorCode.UnknownName, unknown.Code);
        Assert.Contains("score, kind", unknown.Message, StringComparison.Ordinal);
        var longer = Assert.Throws<ModelToolsException>(() => PerOutput<double?>.List(1, 2, 3).Check(Outputs, "list of loss weights"));
        Assert.Equal(ErrorCode.InvalidArgument, longer.Code);
    }

    [Fact]
    public void A_configuration_follows_one_generation_as_a_whole()
    {
        var configuration = new TrainingConfiguration
        {
            Loss = PerOutput<Loss>.ByName([new("score", new MeanSquaredError()), new("kind", null)]),
            Metrics = PerOutput<IReadOnlyList<Metric>>.Of([new NamedMetric("accuracy"), new AUC()]),
        }.For(KerasDialect.Keras2);
        Assert.All(configuration.Loss!.Items, loss => Assert.Equal(KerasDialect.Keras2, loss.Dialect));
        Assert.All(configuration.Metrics!.Items.Single(), metric => Assert.Equal(KerasDialect.Keras2, metric.Dialect));
        Assert.Equal("accuracy", configuration.Metrics.Single![0].Name);
    }
}
