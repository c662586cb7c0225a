using System.IO.Compression;
using ModelTools.Configuration;
using ModelTools.Configuration.Json;
using ModelTools.Formats;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tests.Formats.Checkpoint;
using ModelTools.Tests.Layers;
using ModelTools.Tests.Support;
using ModelTools.Validation;

namespace ModelTools.Tests.Formats;

/// <summary>Sound files with a few changes, the same ones each time: every step works or ends with an error of the table.</summary>
public sealed class MutatedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Layers => [.. LayerCase.All.Select(item => item.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Layers))]
    public void Changed_configurations_of_every_layer(string name)
    {
        var item = LayerCase.Named(name);
        var dialect = item.Dialects[0];
        SymbolicTensor[] inputs = [.. item.InputShapes.Select((shape, index) => Model.Input(shape.With(0, -1), item.InputType(index), $"in{index}"))];
        var model = Model.Functional(inputs, new ModelLayer(item.Layer(dialect)).Apply(inputs, item.Keywords));
        var sound = KerasJson.WriteModel(model, dialect, KerasForm.WithModules);
        var random = new Random(20241124);
        var codes = new HashSet<string>();
        for (var number = 0; number < 24; number++)
        {
            File.WriteAllBytes(_folder["model.json"], ConfigMutation.Mutate(sound, random).ToUtf8());
            if (number % 12 == 0)
            {
                HostileFile.Survive(_folder["model.json"]);
            }
            else if (HostileFile.Failure(() => ModelFile.Inspect(_folder["model.json"]), 256L << 20) is { } error)
            {
                codes.Add(error.Code.Id);
            }
        }

        Assert.NotEmpty(codes);
    }

    [Theory]
    [InlineData("keras/dense_basic.k2.keras")]
    [InlineData("keras/shared_layer.k3.keras")]
    public void Changed_configurations_in_archives(string file)
    {
        var random = new Random(71);
        for (var number = 0; number < 12; number++)
        {
            File.Copy(Path.Combine(TestFolders.Fixtures, file), _folder["model.keras"], overwrite: true);
            using (var archive = ZipFile.Open(_folder["model.keras"], ZipArchiveMode.Update))
            {
                var entry = archive.GetEntry("config.json")!;
                ConfigValue config;
                using (var stream = new StreamReader(entry.Open()))
                {
                    config = ConfigValue.Parse(stream.ReadToEnd());
                }

                entry.Delete();
                using var changed = archive.CreateEntry("config.json").Open();
                changed.Write(ConfigMutation.Mutate(config, random).ToUtf8());
            }

            HostileFile.Survive(_folder["model.keras"]);
        }
    }

    [Theory]
    [InlineData("keras/dense_basic.k3.keras", 40)]
    [InlineData("keras/shared_layer.k3.weights.h5", 40)]
    [InlineData("kerash5/embedding.k2.h5", 40)]
    [InlineData("kerash5/dense_basic.k3.h5", 40)]
    public void Damaged_files(string file, int count)
    {
        var sound = File.ReadAllBytes(Path.Combine(TestFolders.Fixtures, file));
        var random = new Random(file.Length);
        var path = _folder[Path.GetFileName(file)];
        for (; count > 0; count--)
        {
            File.WriteAllBytes(path, Mutation.Mutate(sound, random));
            HostileFile.Survive(path);
        }
    }

    [Theory]
    [InlineData("saved_model.pb")]
    [InlineData("keras_metadata.pb")]
    [InlineData("variables/variables.index")]
    public void Damaged_parts_of_a_SavedModel(string part)
    {
        var model = Model.Sequential([new Dense(3) { BatchInputShape = [-1, 4] }, new Dropout(0.5), new LayerNormalization()]);
        model.Initialize(seed: 2);
        ModelFile.Save(model, _folder["saved"], ModelFormat.Named("SavedModel"));
        var path = Path.Combine(_folder["saved"], part);
        var sound = File.ReadAllBytes(path);
        var random = new Random(part.Length);
        for (var number = 0; number < 30; number++)
        {
            var damaged = Mutation.Mutate(sound, random);
            if (part.EndsWith(".index", StringComparison.Ordinal))
            {
                Mutation.RepairTable(damaged);
            }

            File.WriteAllBytes(path, damaged);
            HostileFile.Survive(_folder["saved"]);
        }
    }

    [Fact]
    public void Changed_locks()
    {
        var model = Path.Combine(TestFolders.Fixtures, "kerash5", "embedding.k2.h5");
        new ModelLock().With(ModelContract.Of(model), model, _folder["lock.json"]).Write(_folder["lock.json"]);
        var sound = File.ReadAllBytes(_folder["lock.json"]);
        var random = new Random(3);
        for (var number = 0; number < 300; number++)
        {
            File.WriteAllBytes(_folder["lock.json"], number % 2 == 0 ? ConfigMutation.Mutate(ConfigValue.Parse(sound), random).ToUtf8() : Mutation.Mutate(sound, random));
            HostileFile.Failure(() => ModelLock.Read(_folder["lock.json"]).Find(model, _folder["lock.json"])?.Check(model), 64L << 20);
        }
    }
}
