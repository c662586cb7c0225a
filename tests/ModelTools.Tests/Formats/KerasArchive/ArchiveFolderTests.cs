using System.IO.Compression;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.KerasArchive;

/// <summary>Archives that were not zipped: a folder with the members.</summary>
public class ArchiveFolderTests
{
    [SkippableFact]
    public void A_folder_that_keras_wrote_is_the_same_model_as_its_archive()
    {
        using var folder = new TemporaryFolder("modeltools-");
        Oracle.Execute("""
            import sys, keras
            folder = sys.argv[1]
            keras.utils.set_random_seed(7)
            model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="relu"), keras.layers.Dense(2)])
            model.compile("adam", "mse")
            model.fit(keras.ops.ones((8, 4)), keras.ops.ones((8, 2)), verbose=0)
            model.save(folder + "/model.keras")
            keras.saving.save_model(model, folder + "/model", zipped=False)
            print("done")
            """, folder.Path);

        var zipped = ModelFile.Load(folder["model.keras"]);
        var unzipped = ModelFile.Load(folder["model"]);
        Assert.Equal(zipped.Variables.Select(variable => Crc32.Of(variable.Value)), unzipped.Variables.Select(variable => Crc32.Of(variable.Value)));
        Assert.Equal(1, unzipped.OptimizerState!.Iterations);
        Assert.Equal("KerasArchive", ModelFile.Inspect(folder["model"]).Format);
        Assert.Equal(ModelFile.Inspect(folder["model.keras"]).Tensors, ModelFile.Inspect(folder["model"]).Tensors);
    }

    [Theory]
    [InlineData("dense_basic.k2.keras")]
    [InlineData("shared_layer.k3.keras")]
    public void An_archive_that_was_unzipped_is_read(string file)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(TestFolders.Fixtures, "keras", file);
        ZipFile.ExtractToDirectory(path, folder["model"]);
        Assert.Equal(ModelFile.Load(path).Variables.Select(variable => Crc32.Of(variable.Value)), ModelFile.Load(folder["model"]).Variables.Select(variable => Crc32.Of(variable.Value)));
    }

    [Fact]
    public void A_folder_with_another_configuration_is_no_model()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["other"]);
        File.WriteAllText(Path.Combine(folder["other"], "config.json"), """{ "model_type": "bert" }""");
        Assert.Equal(ErrorCode.NotAModel, Assert.Throws<ModelToolsException>(() => ModelFile.Load(folder["other"])).Code);
    }

    [Fact]
    public void A_folder_without_weights_says_so()
    {
        using var folder = new TemporaryFolder();
        ZipFile.ExtractToDirectory(Path.Combine(TestFolders.Fixtures, "keras", "dense_basic.k3.keras"), folder["model"]);
        File.Delete(Path.Combine(folder["model"], "model.weights.h5"));
        var error = Assert.Throws<ModelToolsException>(() => ModelFile.Load(folder["model"]));
        Assert.Equal((ErrorCode.MissingPart, "model.weights.h5"), (error.Code, error.Location));
        Assert.Contains(ModelFile.Inspect(folder["model"]).Findings, finding => finding.Code == ErrorCode.MissingPart);
    }
}
