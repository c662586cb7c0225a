using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ModelTools.Benchmarks;
using ModelTools.Formats.TensorFiles;
using ModelTools.Tensors;

// Usage: dotnet run --project tests/ModelTools.Benchmarks -c Release [-- --width 3616 --layers 10]
// Puts ModelTools beside Keras of the oracle (MODELTOOLS_ORACLE, or its default place): the same work, one after the other, warm, best of three.
var width = Option("--width", 3616);
var layers = Option("--layers", 10);
var folder = Directory.CreateTempSubdirectory("modeltools-benchmarks").FullName;
try
{
    var digits = Path.Combine(RepositoryFolder(), "module", "examples", "data");
    var x = TensorFile.Read(Path.Combine(digits, "train-images-idx3-ubyte.gz"), new TensorReadOptions { DType = DType.Float32, DivideBy = 255 }).Reshape([4000, 784]).Load();
    var y = TensorFile.Read(Path.Combine(digits, "train-labels-idx1-ubyte.gz")).OneHot(10);
    var data = Path.Combine(folder, "digits.npz");
    TensorFile.WriteAll(data, [new("x", x), new("y", y)]);

    Console.WriteLine($"Model for the files: {layers} x Dense({width}), {4L * layers * width * (width + 1) / 1e6:F0} MB. Digits: {x.Shape}. {Environment.ProcessorCount} processors.");
    var peers = Peer(folder, width, layers, data);
    Console.WriteLine($"{"",-32}{"ModelTools",14}{"Keras",14}{"times as fast",16}");
    foreach (var (name, seconds) in FileBenchmarks.Run(folder, width, layers).Concat(DigitsBenchmarks.Run(x, y)))
    {
        var peer = peers.GetValueOrDefault(name, double.NaN);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-32}{Milliseconds(seconds),14}{Milliseconds(peer),14}{peer / seconds,16:F2}"));
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

int Option(string name, int standard) => Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : standard;

static string Milliseconds(double seconds) => double.IsNaN(seconds) ? "-" : string.Create(CultureInfo.InvariantCulture, $"{1000 * seconds:F3} ms");

static string RepositoryFolder()
{
    for (var current = new DirectoryInfo(AppContext.BaseDirectory); current is not null; current = current.Parent)
    {
        if (File.Exists(Path.Combine(current.FullName, "ModelTools.sln")))
        {
            return current.FullName;
        }
    }

    throw new DirectoryNotFoundException("The benchmarks run inside a checkout.");
}

static Dictionary<string, double> Peer(string folder, int width, int layers, string data)
{
    var python = Environment.GetEnvironmentVariable("MODELTOOLS_ORACLE")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "modeltools-oracle", "bin", "oracle-python");
    if (!File.Exists(python))
    {
        Console.WriteLine("The oracle is not set up: only our own figures follow.");
        return [];
    }

    var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "Peers", "keras_peer.py"), folder, $"{width}", $"{layers}", data])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
    start.Environment["TF_ENABLE_ONEDNN_OPTS"] = "1";
    using var process = Process.Start(start)!;
    var errors = process.StandardError.ReadToEndAsync();
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0
        ? JsonSerializer.Deserialize<Dictionary<string, double>>(output.Trim().Split('\n')[^1])!
        : throw new InvalidOperationException(errors.Result);
}
