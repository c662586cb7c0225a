using System.Globalization;

namespace ModelTools.PowerShell.Tests.Program;

/// <summary>The files of the main example before the real TensorFlow and Keras: same predictions, and the optimizer where it stood.</summary>
public sealed class DigitsAcceptanceTests
{
    private const int Steps = 160; // 4,000 digits in batches of 128, five times.

    [SkippableFact]
    public void TensorFlowAndKerasTakeWhatTheExampleWrites()
    {
        TestFolders.RequireShared();
        using var folder = new TemporaryFolder("modeltools-"); // TensorFlow takes brackets in a checkpoint's path for a pattern.
        RunExample(folder);
        var data = Path.Combine(TestFolders.Repository, "module", "examples", "data");
        var recorded = HostProcess.Run("-Command", $$"""
            $x = Import-Tensor '{{data}}/t10k-images-idx3-ubyte.gz' -DType Float32 -DivideBy 255 | ConvertTo-Tensor -Shape -1, 784
            $y = Import-Tensor '{{data}}/t10k-labels-idx1-ubyte.gz' | ConvertTo-Tensor -OneHot 10
            $x, $y | Export-Tensor '{{folder["fit.npz"]}}' -Name 'x', 'y'
            $x, (Import-Model -LiteralPath '{{folder["model.h5"]}}' | Invoke-Model -InputData $x) | Export-Tensor '{{folder["io.npz"]}}' -Name 'inputs/0', 'outputs/0'
            Import-Model -LiteralPath '{{folder["model.h5"]}}' | Save-Model '{{folder["model.keras"]}}'
            (Import-Model -LiteralPath '{{folder["model.h5"]}}' | Invoke-ModelTraining -InputData $x -Target $y -BatchSize 100 -NoShuffle).loss
            """);
        Assert.True(File.Exists(folder["io.npz"]), recorded.Error);

        string[] sameNumbers = ["--inputs", folder["io.npz"], "--expect", folder["io.npz"]];
        Accepts("h5", folder["model.h5"], [.. sameNumbers, "--require", "both", "--compiled", "1"]);
        Accepts("h5", folder["model.h5"], "--only", "tf_keras", "--iterations", $"{Steps}");
        Accepts("keras", folder["model.keras"], [.. sameNumbers, "--only", "keras", "--iterations", $"{Steps}"]);
        Accepts("weights", folder["weights.ckpt"], [.. sameNumbers, "--model", folder["model.h5"]]);
        Accepts("savedmodel", folder["model-savedmodel"], [.. sameNumbers, "--tflite"]);

        var goneOn = Oracle.Check("fit", folder["model.h5"], "--data", folder["fit.npz"], "--batch", "100", "--shuffle", "0", "--epochs", "1", "--framework", "tf_keras");
        Assert.Equal(goneOn["history"]!["loss"]![0]!.GetValue<double>(), double.Parse(recorded.Output, CultureInfo.InvariantCulture), 1e-5);
    }

    [Fact]
    public void TheExampleWritesToFoldersWithBracketsAndBlanks()
    {
        using var folder = new TemporaryFolder();
        RunExample(folder);
        Assert.True(File.Exists(folder["model.h5"]));
    }

    private static void RunExample(TemporaryFolder folder)
    {
        var example = HostProcess.Run(Path.Combine(TestFolders.Repository, "module", "examples", "Save-DigitsThreeWays.ps1"), "-Destination", folder.Path);
        Assert.True(example.ExitCode == 0, example.Error);
    }

    private static void Accepts(string command, string path, params string[] options)
    {
        var answer = Oracle.Check([command, path, .. options]);
        Assert.True(answer["ok"]!.GetValue<bool>(), answer.ToJsonString());
    }
}
