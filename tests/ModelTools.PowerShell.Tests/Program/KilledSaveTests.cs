using System.Security.Cryptography;

namespace ModelTools.PowerShell.Tests.Program;

/// <summary>Saves that are killed: the target is the old model or the new one, whole, and the next save leaves no litter.</summary>
public sealed class KilledSaveTests
{
    private const int Kills = 20;
    private const string Layers = "Dense 3616 -InputShape 3616; Dense 3616; Dense 3616; Dense 3616; Dense 3616; Dense 3616; Dense 3616; Dense 3616; Dense 3616; Dense 3616";

    [Fact]
    public void AModelOf500MegabytesSurvivesTwentyKillsOfItsSave()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, Run(folder.Path, $$"""foreach ($name in 'a', 'b') { New-Model { {{Layers}} } | Save-Model "$name.h5" }"""));
        string[] whole = [Hash(Path.Combine(folder.Path, "a.h5")), Hash(Path.Combine(folder.Path, "b.h5"))];
        Assert.NotEqual(whole[0], whole[1]);
        var target = Path.Combine(folder.Path, "target.h5");
        File.Copy(Path.Combine(folder.Path, "b.h5"), target);
        Assert.True(new FileInfo(target).Length > 500_000_000);

        var random = new Random(7);
        var torn = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var script = $"$model = Import-Model {"ab"[kill % 2]}.h5; while ($true) {{ [Console]::Out.WriteLine('saving'); $model | Save-Model target.h5 -Force }}";
            using var process = HostProcess.Start(folder.Path, "-Command", script);
            Assert.Equal("saving", process.StandardOutput.ReadLine());
            Thread.Sleep(random.Next(0, 600));
            process.Kill();
            process.WaitForExit();
            torn += File.Exists(Path.Combine(folder.Path, ".target.h5.modeltools-tmp")) ? 1 : 0;
            Assert.Contains(Hash(target), whole);
        }

        // Most kills met a save in the middle; otherwise nothing would have been shown.
        Assert.InRange(torn, Kills / 4, Kills);
        Assert.Equal(0, Run(folder.Path, "Import-Model a.h5 | Save-Model target.h5 -Force"));
        Assert.Equal(whole[0], Hash(target));
        Assert.Equal(["a.h5", "b.h5", "target.h5"], Directory.EnumerateFileSystemEntries(folder.Path).Select(entry => Path.GetFileName(entry)).Order());
    }

    private static int Run(string folder, string command)
    {
        using var process = HostProcess.Start(folder, "-Command", command);
        process.StandardInput.Close();
        return HostProcess.Finish(process).ExitCode;
    }

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(file));
    }
}
