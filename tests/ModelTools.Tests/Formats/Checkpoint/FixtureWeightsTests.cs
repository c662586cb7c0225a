using System.Text.Json;
using ModelTools.Configuration;
using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Formats.Checkpoint;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.Checkpoint;

/// <summary>The golden models of Keras 2, loaded from their checkpoints and saved again.</summary>
public class FixtureWeightsTests
{
    private const string File = "k2/ckpt";

    private static readonly CheckpointFormat Format = new();

    public static TheoryData<string, string> Models => FixtureModel.With(File);

    public static TheoryData<string, string> ModelsAndSavedModels => FixtureModel.With(File, "k2/saved_model");

    [SkippableTheory]
    [MemberData(nameof(ModelsAndSavedModels))]
    public void Weights_arrive_where_the_manifest_has_them(string name, string file)
    {
        var fixture = FixtureModel.Open(name);
        var model = Load(fixture, file);
        var stored = fixture.Weights("k2").GroupBy(weight => weight.Name).Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => group.Single());
        Assert.Equal(fixture.Weights("k2").Count, model.Variables.Count());
        foreach (var variable in model.Variables)
        {
            // Keras 2 keeps the weights of some half precision layers in single precision.
            Assert.True(!stored.TryGetValue(variable.FullName + ":0", out var weight) || weight.Crc32 == Crc32.Of(variable.Value) || weight.DType != variable.DType.Name(), variable.FullName);
        }

        var sameType = fixture.Weights("k2").All(weight => weight.DType == "float32");
        Assert.True(!sameType || fixture.Weights("k2").Select(weight => weight.Crc32).Order().SequenceEqual(model.Variables.Select(variable => Crc32.Of(variable.Value)).Order()), name);
    }

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void Keys_and_data_are_those_of_Keras(string name, string file)
    {
        var fixture = FixtureModel.Open(name);
        var model = Load(fixture, file);
        using var folder = new TemporaryFolder();
        Format.WriteWeights(model, folder["weights.ckpt"], ModelWriteOptions.Default);
        using var ours = CheckpointReader.Open(folder.Path);
        using var theirs = CheckpointReader.Open(fixture.PathOf(file));
        var expected = theirs.Entries.Select(entry => entry.Name).Where(key => !IsBookkeeping(key)).ToArray();

        // A layer that Keras counts though it has no weights here: its successors go by their other name.
        Skip.If(theirs.Entries.Any(entry => entry.Name.Contains("token_counts", StringComparison.Ordinal)), "Written under other keys.");
        Assert.Equal(expected, ours.Entries.Select(entry => entry.Name));
        Assert.All(expected.Where(key => key != CheckpointReader.ObjectGraphKey && ours.Find(key)!.DType == theirs.Find(key)!.DType), key => Assert.Equal(theirs.Read(key).Digest(), ours.Read(key).Digest()));
    }

    [SkippableFact]
    public void Keras_loads_what_is_written_for_every_model()
    {
        using var folder = new TemporaryFolder("modeltools");
        foreach (var fixture in Models.Select(row => FixtureModel.Open((string)row[0])))
        {
            // Where Keras reads its own configuration without help. BatchNormalization of Keras 2 stays in single precision in a half precision model; ours does not.
            var name = fixture.Name;
            if (name is not ("pure_float16" or "custom_layer") && fixture.Has("k2/architecture.json") && (string?)fixture.Row("k2/architecture.json")["reload"] == "ok")
            {
                Format.WriteWeights(Load(fixture, File), Directory.CreateDirectory(folder[name]).FullName + "/w", ModelWriteOptions.Default);
                System.IO.File.Copy(fixture.PathOf("k2/architecture.json"), Path.Combine(folder[name], "architecture.json"));
                System.IO.File.WriteAllText(Path.Combine(folder[name], "expected"), string.Join(' ', fixture.Weights("k2").Select(weight => weight.Crc32)));
            }
        }

        var lines = Oracle.Execute(
            """
            import os, sys, zlib, tf_keras as k
            for name in sorted(os.listdir(sys.argv[1])):
                folder = os.path.join(sys.argv[1], name)
                try:
                    m = k.models.model_from_json(open(folder + '/architecture.json').read())
                    weights = [w for w in m.weights if hasattr(w, 'dtype')]
                    for w in weights: w.assign(w * 0 if w.dtype.is_floating else w)
                    status = m.load_weights(folder + '/w')
                    if name not in ('text_vectorization', 'integer_lookup', 'normalization'): status.assert_existing_objects_matched()
                    got = ' '.join('%08x' % zlib.crc32(w.numpy().tobytes()) for w in weights)
                    print(name, 'ok' if got == open(folder + '/expected').read() else 'differs')
                except Exception as e:
                    print(name, 'fails', repr(e)[:300].replace('\n', ' '))
                k.backend.clear_session()
            """,
            folder.Path).Trim().Split('\n');
        Assert.True(lines.Length > 75, $"only {lines.Length} models");
        Assert.DoesNotContain(lines, line => !line.EndsWith(" ok", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Checkpoints_of_Keras_3_are_walked_too()
    {
        using var folder = new TemporaryFolder("modeltools");
        var expected = Oracle.Execute(
            """
            import os, sys
            os.environ['KERAS_BACKEND'] = 'tensorflow'
            import keras, zlib, tensorflow as tf
            L = keras.layers
            inner = keras.Sequential([L.Dense(4), L.BatchNormalization()], name='inner')
            i = keras.Input((5, 3))
            x = L.LSTM(6, return_sequences=True)(i)
            x = L.Bidirectional(L.GRU(2, return_sequences=True))(x)
            x = L.TimeDistributed(L.Dense(3))(x)
            x = L.MultiHeadAttention(2, 2)(x, x)
            m = keras.Model(i, L.PReLU()(inner(L.Flatten()(x))))
            tf.train.Checkpoint(model=m).write(sys.argv[1] + '/w')
            open(sys.argv[1] + '/config.json', 'w').write(m.to_json())
            print(' '.join('%08x' % zlib.crc32(w.numpy().tobytes()) for layer in m.layers for w in layer.weights))
            """,
            folder.Path).Trim().Split(' ');
        var model = KerasJson.ReadModel(ConfigDocument.Parse(System.IO.File.ReadAllBytes(folder["config.json"])).Root);
        using var assignment = Format.MatchWeights(folder["w"], model, ModelReadOptions.Default);
        assignment.Apply();
        Assert.Equal(expected, model.Layers.SelectMany(layer => layer.Weights!.InKerasOrder).Select(variable => Crc32.Of(variable.Value)));
    }

    private static bool IsBookkeeping(string key) =>
        key.Contains("adapt_", StringComparison.Ordinal) || key.Contains("lookup_table", StringComparison.Ordinal) || key.StartsWith("optimizer", StringComparison.Ordinal);

    private static Model Load(FixtureModel fixture, string file)
    {
        Skip.IfNot(fixture.Has("k2/architecture.json"), "The structure was not written.");
        var config = ConfigDocument.Parse(System.IO.File.ReadAllBytes(fixture.PathOf("k2/architecture.json"))).Root;
        var model = KerasJson.ReadModel(config);
        using var assignment = Format.MatchWeights(fixture.PathOf(file), model, ModelReadOptions.Default);
        assignment.Apply();
        return model;
    }
}
