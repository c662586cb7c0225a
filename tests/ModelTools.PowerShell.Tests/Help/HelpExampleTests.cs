using ModelTools.PowerShell.Tests.Support;

namespace ModelTools.PowerShell.Tests.Help;

/// <summary>Every example of the help runs, each in a folder of its own with the files that the examples speak of.</summary>
public sealed class HelpExampleTests(HelpExampleTests.Prepared prepared) : IClassFixture<HelpExampleTests.Prepared>
{
    public static TheoryData<string, int> Examples()
    {
        var rows = new TheoryData<string, int>();
        foreach (var entry in HelpFile.Entries)
        {
            for (var number = 1; number <= entry.Examples.Length; number++)
            {
                rows.Add(entry.Name, number);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Runs(string cmdlet, int number)
    {
        var code = HelpFile.Entries.Single(entry => entry.Name == cmdlet).Examples[number - 1];
        using var folder = prepared.Copy();
        using var session = new ModuleSession();
        session.Invoke("param($folder) Set-Location -LiteralPath $folder", folder.Path);

        var result = session.Run(code);

        Assert.Null(result.Failure);
        Assert.Equal([], result.Errors.Select(error => error.ToString()));
        Assert.Contains(cmdlet, code, StringComparison.OrdinalIgnoreCase);

        // What it writes can be shown, as it would be on a terminal.
        session.Invoke("param($objects) $objects | Out-String", [result.Output.ToArray()]);
    }

    /// <summary>The files, made once.</summary>
    public sealed class Prepared : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Prepared()
        {
            using var session = new ModuleSession();
            session.Invoke("param($folder) Set-Location -LiteralPath $folder", _folder.Path);
            session.Invoke(File.ReadAllText(Path.Combine(TestFolders.Repository, "tests", "ModelTools.PowerShell.Tests", "Help", "Prepare.ps1")));
        }

        public TemporaryFolder Copy()
        {
            var copy = new TemporaryFolder();
            foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(copy.Path, Path.GetRelativePath(_folder.Path, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }

            return copy;
        }

        public void Dispose() => _folder.Dispose();
    }
}
