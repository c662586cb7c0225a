using System.Text.Json.Nodes;
using ModelTools.Configuration;
using ModelTools.Formats;
using ModelTools.Formats.SavedModel;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Tests.Support;
using ModelTools.Tests.Torch;
using ModelTools.Torch;

namespace ModelTools.Tests.Formats.SavedModel;

/// <summary>What TensorFlow and Keras make of written SavedModels: one Python process looks at all cases, the rows assert what it found.</summary>
public class SavedModelAcceptanceTests
{
    private static readonly string[] Rows =
    [
        "signature", "call", "training", "keras", "optimizer", "fit", "load_weights", "layer_of_keras3", "session",
        "command_line", "tflite", "saved_again", "gradients", "frozen", "compiled", "checkpoint",
    ];

    // What TensorFlow does not do with Keras's own files of such models either: its converter has no convolution in half precision and no bicubic
    // resizing, XLA has no bicubic resizing, and resizing by area has no gradient.
    private static readonly Dictionary<string, string[]> NotInTensorFlow = new()
    {
        ["mixed_float16"] = ["tflite"],
        ["images"] = ["tflite", "compiled", "gradients"],
    };

    // Keras 2 has neither these layers nor another file of them to compare with; everything else takes the graph.
    private static readonly string[] OfKeras2 = ["training", "keras", "optimizer", "fit", "load_weights", "saved_again", "gradients", "checkpoint"];

    private static readonly Lazy<JsonObject> Results = new(Run);

    public static TheoryData<string, string> CasesAndRows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var name in SavedModelCases.Names)
        {
            foreach (var row in Rows.Except(NotInTensorFlow.GetValueOrDefault(name, [])).Except(name == "keras3" ? OfKeras2 : []))
            {
                rows.Add(name, row);
            }
        }

        return rows;
    }

    public static TheoryData<string> Cases() => [.. SavedModelCases.Names];

    [SkippableTheory]
    [MemberData(nameof(CasesAndRows))]
    public void A_written_SavedModel_is_accepted(string name, string row)
    {
        Engine.Require();
        var result = Results.Value[name]!;
        Assert.Null((string?)result["opened"]);
        Assert.Equal("ok", (string?)result[row]);
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void The_same_model_gives_the_same_bytes(string name)
    {
        Engine.Require();
        using var folder = new TemporaryFolder();
        var model = SavedModelCases.Create(name);
        foreach (var copy in new[] { "first", "second" })
        {
            new SavedModelFormat().Write(model, folder[copy], SavedModelCases.Options(name));
        }

        var files = Directory.GetFiles(folder["first"], "*", SearchOption.AllDirectories);
        Assert.Equal(4, files.Length);
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(file.Replace(folder["first"], folder["second"], StringComparison.Ordinal))));
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void A_written_SavedModel_comes_back_whole(string name)
    {
        Engine.Require();
        using var folder = new TemporaryFolder();
        var model = SavedModelCases.Create(name);
        var format = new SavedModelFormat();
        format.Write(model, folder["model"], SavedModelCases.Options(name));
        var again = format.Read(folder["model"], ModelReadOptions.Default);

        Assert.Equal(model.Variables.Select(variable => (variable.FullName, variable.Value.Digest())), again.Variables.Select(variable => (variable.FullName, variable.Value.Digest())));
        Assert.Equal(Training(model), Training(again));
        Assert.Equal(model.OptimizerState?.Iterations, again.OptimizerState?.Iterations);
        Assert.Equal(Slots(model.OptimizerState), Slots(again.OptimizerState));

        var inputs = SavedModelCases.Inputs(model);
        using var first = new Predictor(model);
        using var second = new Predictor(again);
        Assert.All(first.Predict(inputs).Zip(second.Predict(inputs)), pair => Assert.Null(Compare.Difference(pair.First, pair.Second, 1e-6)));

        static string? Training(Model model) => model.Training is null ? null : KerasJson.WriteTraining(model, KerasDialect.Keras2, KerasForm.Plain).ToJson();
        static IEnumerable<string> Slots(ModelTools.Training.OptimizerState? state) => state?.Slots.SelectMany(slots => slots).Select(slot => slot.Digest()) ?? [];
    }

    private static JsonObject Run()
    {
        using var folder = new TemporaryFolder("modeltools-");
        SavedModelCases.Write(folder.Path);
        return SavedModelCases.Accept(folder.Path);
    }
}
