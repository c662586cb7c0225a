using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ModelTools.Tests.Support;

/// <summary>The real TensorFlow and Keras, asked through the shared check program.</summary>
public static class Oracle
{
    private static readonly string? Python = Environment.GetEnvironmentVariable("MODELTOOLS_ORACLE") is { Length: > 0 } named ? named : Default();

    /// <summary>Runs <c>check.py</c> and returns its JSON; skips the test where the oracle is not set up.</summary>
    /// <param name="arguments">Command and options of <c>check.py</c>.</param>
    public static JsonObject Check(params string[] arguments)
    {
        Skip.If(Python is null, "The oracle (TensorFlow and Keras) is not set up.");
        return (JsonObject)JsonNode.Parse(Run([TestFolders.RequireShared("oracle", "check.py"), .. arguments]))!;
    }

    /// <summary>Runs a piece of Python inside the oracle and returns what it prints.</summary>
    public static string Execute(string code, params string[] arguments)
    {
        Skip.If(Python is null, "The oracle (TensorFlow and Keras) is not set up.");
        return Run(["-c", code, .. arguments]);
    }

    private static string Run(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Python!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(output.Length > 0, errors.Result);
        return output;
    }

    private static string? Default()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set ? set : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var path = Path.Combine(cache, "modeltools-oracle", "bin", "oracle-python");
        return File.Exists(path) ? path : null;
    }
}
