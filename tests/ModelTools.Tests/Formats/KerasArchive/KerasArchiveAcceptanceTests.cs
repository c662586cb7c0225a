using System.IO.Compression;
using System.Text.Json.Nodes;
using ModelTools.Configuration;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Formats.KerasArchive;
using ModelTools.Formats.WeightsH5;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.KerasArchive;

/// <summary>What the real Kerases make of written archives and weights: one Python process for each looks at all golden models, the rows assert what it found.</summary>
public class KerasArchiveAcceptanceTests
{
    private static readonly KerasArchiveFormat Format = new();

    private static readonly Lazy<JsonObject> Keras3 = new(() => Run("keras", KerasDialect.Keras3));
    private static readonly Lazy<JsonObject> Keras2 = new(() => Run("tf_keras", KerasDialect.Keras2));

    /// <summary>What a generation of Keras does not load, whoever writes it.</summary>
    private static readonly Dictionary<string, string> NotInKeras = new()
    {
        ["keras/custom_layer"] = "The code of the layer is not in the file.",
        ["tf_keras/custom_layer"] = "The code of the layer is not in the file.",
        ["keras/lambda_layer"] = "Keras runs no code of a file.",
        ["tf_keras/lambda_layer"] = "Keras runs no code of a file.",
        ["keras/add_constant"] = "Known gap: constants among the positional arguments of a call.",
        ["tf_keras/add_constant"] = "Keras 2 does not reload its own file.",
        ["tf_keras/spectralnorm"] = "Keras 2 does not reload its own file.",
        ["tf_keras/pure_bfloat16"] = "Keras 2 does not read weights of bfloat16, its own neither.",
        ["tf_keras/pure_bfloat16_k2"] = "Keras 2 does not read weights of bfloat16, its own neither.",
    };

    public static TheoryData<string, string> Models => FixtureModel.With("k2/model.keras", "k3/model.keras");

    public static TheoryData<string, string> Compiled()
    {
        var rows = new TheoryData<string, string>();
        foreach (var (name, frameworks) in TestFolders.Shared is null ? [] : Index())
        {
            foreach (var framework in new[] { "k2", "k3" }.Where(framework => frameworks![framework]?["files"]?[$"{framework}/model.keras"] is not null))
            {
                rows.Add(name, framework);
            }
        }

        return rows;
    }

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void Keras_3_loads_an_archive_and_computes_the_same(string name, string file) => AssertAccepted(Keras3, $"{name}/{file}");

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void Keras_2_loads_an_archive_and_computes_the_same(string name, string file) => AssertAccepted(Keras2, $"{name}/{file}");

    /// <summary>A chain that is written for Keras 2 is read by Keras 3 too; graphs of Keras 2 are not.</summary>
    [SkippableTheory]
    [InlineData("dense_basic")]
    [InlineData("mnist_mlp_small")]
    [InlineData("autoencoder_cnn")]
    [InlineData("lstm_small")]
    [InlineData("text_classifier")]
    [InlineData("mixed_float16")]
    public void Keras_3_loads_a_chain_that_is_written_for_Keras_2(string name) => AssertAccepted(Keras3, $"{name}/both");

    [SkippableTheory]
    [MemberData(nameof(Compiled))]
    public void A_training_goes_on_in_Keras(string name, string framework) => AssertAccepted(framework == "k3" ? Keras3 : Keras2, $"{name}/{framework}");

    private static void AssertAccepted(Lazy<JsonObject> results, string name)
    {
        var result = (string?)results.Value[name];
        Skip.If(result?.StartsWith("skip: ", StringComparison.Ordinal) ?? false, result!);
        Assert.True(result == "ok", result);
    }

    private static JsonObject Run(string framework, KerasDialect dialect)
    {
        using var folder = new TemporaryFolder();
        var (cases, results) = (new JsonObject(), new JsonObject());
        foreach (var row in Models.Select(row => (Name: (string)row[0], File: (string)row[1])))
        {
            if (NotInKeras.TryGetValue($"{framework}/{row.Name}", out var reason))
            {
                results[$"{row.Name}/{row.File}"] = $"skip: {reason}";
                continue;
            }

            var fixture = FixtureModel.Open(row.Name);
            Add(cases, results, $"{row.Name}/{row.File}", path => Model(fixture, row.File, path, dialect));
            if (row.File.StartsWith("k2", StringComparison.Ordinal) && dialect is KerasDialect.Keras3 && fixture.LayerClasses.Contains("Sequential"))
            {
                Add(cases, results, $"{row.Name}/both", path => Model(fixture, row.File, path, KerasDialect.Keras2));
            }
        }

        foreach (var row in Compiled().Select(row => (Name: (string)row[0], Framework: (string)row[1])).Where(row => row.Framework == (dialect is KerasDialect.Keras3 ? "k3" : "k2")))
        {
            Add(cases, results, $"{row.Name}/{row.Framework}", path => Training(row.Name, row.Framework, path));
        }

        File.WriteAllText(folder[$"{framework}.json"], cases.ToJsonString());
        var script = File.ReadAllText(Path.Combine(TestFolders.Repository, "tests", "ModelTools.Tests", "Formats", "KerasArchive", "load.py"));
        var answers = (JsonObject)JsonNode.Parse(Oracle.Execute(script, framework, folder.Path).Trim().Split('\n')[^1])!;
        foreach (var (name, answer) in answers)
        {
            results[name] = (string?)answer;
        }

        return results;

        void Add(JsonObject all, JsonObject skipped, string name, Func<string, JsonObject> make)
        {
            try
            {
                all[name] = make(folder[name.Replace('/', '-')]);
            }
            catch (ModelToolsException error) when (error.Code == ErrorCode.UnsupportedConversion)
            {
                skipped[name] = $"skip: {error.Message}";
            }
        }
    }

    private static JsonObject Model(FixtureModel fixture, string file, string path, KerasDialect dialect)
    {
        var model = Format.Read(fixture.PathOf(file), ModelReadOptions.Default);
        Format.Write(model, path + ".keras", new ModelWriteOptions { Dialect = dialect });
        new WeightsH5Format().WriteWeights(model, path + ".weights.h5", new ModelWriteOptions { Dialect = dialect });
        var outputs = (JsonObject)fixture.Manifest["outputs"]!;
        return new JsonObject
        {
            ["path"] = path + ".keras",
            ["weights"] = path + ".weights.h5",
            ["recording"] = fixture.Recording,
            ["outputs"] = new JsonArray([.. new[] { file[..2], dialect is KerasDialect.Keras3 ? "k3" : "k2" }.Select(key => (string?)outputs[key]).OfType<string>().Distinct().Select(group => JsonValue.Create(group))]),
            ["keys"] = new JsonArray([.. model.InputStructure.Keys.Order(StringComparer.Ordinal).Select(key => JsonValue.Create(key))]),
            ["tolerance"] = fixture.Tolerance,
        };
    }

    private static JsonObject Training(string name, string framework, string path)
    {
        var original = Original(name, framework, path + "-original.keras");
        Format.Write(Format.Read(original, ModelReadOptions.Default), path + ".keras", ModelWriteOptions.Default with { Dialect = framework == "k3" ? KerasDialect.Keras3 : KerasDialect.Keras2 });
        return new JsonObject { ["path"] = path + ".keras", ["original"] = original };
    }

    private static string Original(string name, string framework, string target)
    {
        var directory = TestFolders.RequireShared("fixtures", "compiled", name);
        var file = $"{framework}/model.keras";
        if (File.Exists(Path.Combine(directory, file)))
        {
            return Path.Combine(directory, file);
        }

        using var zip = ZipFile.OpenRead(Path.Combine(directory, "files.zip"));
        zip.GetEntry(file)!.ExtractToFile(target);
        return target;
    }

    private static JsonObject Index() => JsonNode.Parse(File.ReadAllText(TestFolders.RequireShared("fixtures", "compiled", "index.json")))!["optimizers"]!.AsObject();
}
