using System.Management.Automation;
using ModelTools.PowerShell.Tests.Support;

namespace ModelTools.PowerShell.Tests.Module;

/// <summary>Progress is shown sparingly, ends, and can be silenced.</summary>
public sealed class ProgressTests
{
    private const string Work = """
        $x = ConvertTo-Tensor ([float[]]::new(40000)) -Shape 20000, 2
        $y = ConvertTo-Tensor ([float[]]::new(20000)) -Shape 20000, 1
        $line = New-Model { Dense 1 -InputShape 2 }
        $line | Set-ModelTraining SGD mse
        $null = $line | Invoke-ModelTraining $x $y -BatchSize 4
        """;

    [Fact]
    public void Each_bar_is_throttled_and_completed()
    {
        using var session = new ModuleSession();

        var records = session.Run(Work).Progress.Where(record => record.Activity.StartsWith("Training", StringComparison.Ordinal)).ToList();

        Assert.Equal(ProgressRecordType.Completed, records[^1].RecordType);
        Assert.Single(records, record => record.RecordType == ProgressRecordType.Completed);

        // 5,000 steps and an epoch: as many reports, of which few are written.
        Assert.InRange(records.Count, 2, 500);
        Assert.All(records.SkipLast(1), record => Assert.InRange(record.PercentComplete, -1, 100));
        Assert.All(records, record => Assert.NotEmpty(record.StatusDescription));
    }

    [Fact]
    public void It_is_silenced_by_the_users_preference()
    {
        using var session = new ModuleSession();

        session.Invoke($"$ProgressPreference = 'SilentlyContinue'; {Work}");

        Assert.DoesNotContain("Training", session.Screen, StringComparison.Ordinal);
    }
}
