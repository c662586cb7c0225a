using System.Text.Json.Nodes;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats;

/// <summary>Malformed and hostile files: each has its right class of answer.</summary>
/// <typeparam name="TFile">The format.</typeparam>
public abstract class BrokenFileTests<TFile>
    where TFile : IWholeModelFile
{
    private static IModelFormat Format => TFile.Format;

    public static TheoryData<string, string> Files()
    {
        var rows = new TheoryData<string, string>();
        if (TestFolders.Shared is null)
        {
            rows.Add("no fixtures", "read");
            return rows;
        }

        var index = JsonNode.Parse(File.ReadAllText(TestFolders.RequireShared("fixtures", "broken", "index.json")))!;
        foreach (var row in (index as JsonArray ?? index["files"]!.AsArray()).Where(row => "." + (string?)row!["kind"] == TFile.Extension))
        {
            rows.Add((string)row!["file"]!, (string)row["answer"]!);
        }

        return rows;
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Every_file_gets_its_answer(string file, string answer)
    {
        var path = TestFolders.RequireShared("fixtures", "broken", file);
        var findings = new List<ModelFinding>();
        var error = HostileFile.Failure(() => Format.Read(path, ModelReadOptions.Default with { Findings = findings }));
        ModelInfo? info = null;
        var refusal = HostileFile.Failure(() => info = Format.Inspect(path, ModelReadLimits.Default));
        var found = findings.Concat(info?.Findings ?? []).Select(finding => finding.Code.Id).Append(error?.Code.Id).Append(refusal?.Code.Id).OfType<string>().ToList();
        switch (answer)
        {
            case "read":
                Assert.Null(error);
                Assert.All(info!.Findings, finding => Assert.Equal(ErrorCode.UnsupportedOption, finding.Code));
                break;
            case "refuse":
                Assert.NotNull(error);
                break;
            case "unsafe":
                Assert.Contains(found, code => code.StartsWith("MT2", StringComparison.Ordinal));
                break;
            case "warn" when !file.EndsWith("nan_weights.h5", StringComparison.Ordinal):
                Assert.NotEmpty(found);
                break;
        }

        Assert.DoesNotContain("MT9999", found);
    }
}
