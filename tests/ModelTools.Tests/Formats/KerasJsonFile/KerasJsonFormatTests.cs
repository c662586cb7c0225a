using ModelTools.Formats;
using ModelTools.Formats.KerasJsonFile;
using ModelTools.Objects;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.KerasJsonFile;

public class KerasJsonFormatTests
{
    private static readonly KerasJsonFormat Format = new();

    [SkippableTheory]
    [InlineData("shared_layer", "k2/architecture.json", "tf_keras")]
    [InlineData("shared_layer", "k3/architecture.json", "keras")]
    [InlineData("nested_sequential", "k2/architecture.json", "tf_keras")]
    [InlineData("transformer_block", "k3/architecture.json", "keras")]
    public void Keras_makes_the_model_of_a_written_structure(string name, string file, string framework)
    {
        using var folder = new TemporaryFolder();
        var fixture = FixtureModel.Open(name);
        Assert.IsType<KerasJsonFormat>(ModelFormat.Detect(fixture.PathOf(file)));
        var model = Format.Read(fixture.PathOf(file), ModelReadOptions.Default);
        Assert.Equal(framework == "keras" ? KerasDialect.Keras3 : KerasDialect.Keras2, model.Dialect);
        Format.Write(model, folder["model.json"], ModelWriteOptions.Default);

        var count = Oracle.Execute(
            """
            import os, sys, importlib
            os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
            keras = importlib.import_module(sys.argv[1])
            with open(sys.argv[2]) as f:
                print(keras.models.model_from_json(f.read()).count_params())
            """,
            framework,
            folder["model.json"]);
        Assert.Equal((int)fixture.Manifest["parameters"]!, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((int)fixture.Manifest["parameters"]!, model.ParameterCount);
    }
}
