namespace ModelTools.Tests.Support;

/// <summary>A folder of its own for one test, removed afterwards. Its name holds a space and brackets, as users' paths do.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        Path = Directory.CreateTempSubdirectory("model tools [test] ").FullName;
    }

    public string Path { get; }

    /// <summary>A path inside.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
