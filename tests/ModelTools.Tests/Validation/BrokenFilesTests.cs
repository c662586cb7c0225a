using System.Text.Json.Nodes;
using ModelTools.Diagnostics;
using ModelTools.Tests.Support;
using ModelTools.Validation;

namespace ModelTools.Tests.Validation;

/// <summary>Every damaged or unsafe file of the collection fails the checks, every sound one passes, and nothing is thrown.</summary>
public class BrokenFilesTests
{
    public static TheoryData<string, string> Files()
    {
        var rows = new TheoryData<string, string>();
        if (TestFolders.Shared is null)
        {
            rows.Add("no fixtures", "read");
            return rows;
        }

        var index = JsonNode.Parse(File.ReadAllText(Path.Combine(TestFolders.Shared, "fixtures", "broken", "index.json")))!;
        foreach (var row in index["files"]!.AsArray())
        {
            rows.Add((string)row!["file"]!, $"{row["answer"]} {row["also"]}");
        }

        return rows;
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void The_answer_is_that_of_reading(string file, string answer)
    {
        var path = TestFolders.RequireShared("fixtures", "broken", file);
        var report = ModelValidator.Validate(path);
        var found = string.Join("\n", report.Findings.Select(finding => $"{finding.Severity} {finding.Code} {finding.Message}"));
        if (answer.Trim() == "read")
        {
            Assert.True(report.IsValid, found);
        }
        else if (answer.Trim() is "refuse" or "unsafe")
        {
            Assert.False(report.IsValid, "Nothing was found.");
        }

        Assert.DoesNotContain(report.Findings, finding => finding.Code == ErrorCode.Defect);
        if (answer.Trim() == "unsafe")
        {
            Assert.Contains(report.Findings, finding => finding is { Severity: FindingSeverity.Error, Code.Kind: ErrorKind.Unsafe or ErrorKind.NotSupported });
        }
    }

    [Theory]
    [InlineData("valid_two_shards")]
    [InlineData("valid_snappy")]
    [InlineData("tf1_legacy")]
    public void Checkpoints_are_checked_to_their_end(string folder)
    {
        var path = Path.Combine(TestFolders.Fixtures, "checkpoint", folder);
        var index = Directory.GetFiles(path, "*.index").FirstOrDefault() ?? Directory.GetFiles(path).First(file => !file.EndsWith("checkpoint", StringComparison.Ordinal) && !file.EndsWith(".json", StringComparison.Ordinal));
        var report = ModelValidator.Validate(index);
        Assert.True(report.IsValid, string.Join("\n", report.Findings.Select(finding => $"{finding.Code} {finding.Message}")));
    }
}
