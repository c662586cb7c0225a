namespace ModelTools.Tests.Support;

/// <summary>A folder of its own for one test, removed afterwards. Its name holds a space and brackets, as users' paths do.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <param name="prefix">Start of its name; a plain one for programs that take brackets for a pattern, as TensorFlow does.</param>
    public TemporaryFolder(string prefix = "model tools [test] ")
    {
        Path = Directory.CreateTempSubdirectory(prefix).FullName;
    }

    public string Path { get; }

    /// <summary>A path inside.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
