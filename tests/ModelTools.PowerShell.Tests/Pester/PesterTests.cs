namespace ModelTools.PowerShell.Tests.Pester;

/// <summary>Every <c>*.Tests.ps1</c> of the repository, one row for each of its tests.</summary>
public sealed class PesterTests
{
    private static readonly string Root = Path.Combine(TestFolders.Repository, "tests");

    public static TheoryData<string, string> Tests()
    {
        var rows = new TheoryData<string, string>();
        foreach (var file in Directory.EnumerateFiles(Root, "*.Tests.ps1", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            foreach (var test in PesterFile.Discover(file))
            {
                rows.Add(Path.GetRelativePath(Root, file), test);
            }
        }

        return rows;
    }

    [SkippableTheory]
    [MemberData(nameof(Tests))]
    public void Passes(string file, string test)
    {
        var outcome = PesterFile.OutcomeOf(Path.Combine(Root, file), test);
        Skip.If(outcome.Skipped is not null, outcome.Skipped);
        Assert.True(outcome.Failure is null, outcome.Failure);
    }
}
