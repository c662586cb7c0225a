using System.Diagnostics;
using ModelTools.Tests.Support;
using ModelTools.Torch.Natives;

namespace ModelTools.Tests.Torch.Natives;

/// <summary>The editor against the real library and against damaged ones; judged by <c>readelf</c>, which we did not write.</summary>
public sealed class ElfVersionNeedsTests
{
    [SkippableFact]
    public void TheNeedBecomesWeakAndNothingElseChanges()
    {
        var original = Library();
        var edited = (byte[])original.Clone();
        ElfVersionNeeds.MakeOptional(edited, AdaptedBinding.UnusedVersion);

        Assert.Single(Enumerable.Range(0, original.Length), index => original[index] != edited[index]);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["edited.so"], edited);
        var needs = ReadElf(folder["edited.so"]);
        Assert.Contains($"Name: {AdaptedBinding.UnusedVersion}  Flags: WEAK", needs, StringComparison.Ordinal);
        Assert.Equal(1, needs.Split("Flags: WEAK").Length - 1);
    }

    [SkippableTheory]
    [InlineData("GLIBCXX_3.4.30", "uses the symbol")]
    [InlineData("GLIBC_2.14", "uses the symbol")]
    [InlineData("GLIBCXX_9.9.99", "does not need")]
    public void AVersionThatIsUsedOrAbsentIsRefused(string version, string reason)
    {
        var image = Library();
        var refusal = Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.MakeOptional(image, version));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Library(), image);
    }

    [Fact]
    public void OtherFilesAreRefused()
    {
        byte[][] others = [[], "not an ELF library"u8.ToArray(), new byte[4096], [.. "\u007FELF\u0001\u0001\u0001"u8, .. new byte[200]]];
        Assert.All(others, image => Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.MakeOptional(image, AdaptedBinding.UnusedVersion)));
    }

    [SkippableFact]
    public void DamagedLibrariesAreRefusedOrEditedNeverWorse()
    {
        var original = Library();
        var random = new Random(7);
        foreach (var length in Enumerable.Range(0, 200).Select(step => original.Length / 2 * step / 200))
        {
            Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.MakeOptional(original[..length], AdaptedBinding.UnusedVersion));
        }

        for (var round = 0; round < 500; round++)
        {
            var image = (byte[])original.Clone();
            for (var change = 0; change < 8; change++)
            {
                // Headers, and the tables behind them, lie in the first part of the file.
                image[random.Next(change < 4 ? 1024 : 0x50000)] = (byte)random.Next(256);
            }

            var failure = Record.Exception(() => ElfVersionNeeds.MakeOptional(image, AdaptedBinding.UnusedVersion));
            Assert.True(failure is null or InvalidDataException, failure?.ToString());
        }
    }

    private static byte[] Library()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux has ELF libraries.");
        var path = PackageFolders.All().Select(folder => Path.Combine(folder, NativePlatform.Current!.TorchSharpPackage, NativePlatform.Current.Binding)).FirstOrDefault(File.Exists);
        Skip.If(path is null, "The TorchSharp package is not restored.");
        return File.ReadAllBytes(path!);
    }

    private static string ReadElf(string path)
    {
        Skip.IfNot(File.Exists("/usr/bin/readelf"), "readelf is not installed.");
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/readelf", ["--version-info", "--wide", path]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd();
    }
}
