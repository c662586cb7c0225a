using ModelTools.Tests.Support;
using ModelTools.Torch.Natives;

namespace ModelTools.Tests.Torch.Natives;

public sealed class AdaptedBindingTests
{
    [SkippableFact]
    public void TheCopyIsMadeOnceRepairedWhenDamagedAndLeavesNothingElse()
    {
        using var cache = new TemporaryFolder();
        var source = Source();
        var copy = AdaptedBinding.Prepare(source, cache.Path);
        var bytes = File.ReadAllBytes(copy);
        var written = File.GetLastWriteTimeUtc(copy);
        Assert.Equal(copy, AdaptedBinding.Prepare(source, cache.Path));
        Assert.Equal(written, File.GetLastWriteTimeUtc(copy));

        File.WriteAllBytes(copy, bytes[..1000]);
        Assert.Equal(copy, AdaptedBinding.Prepare(source, cache.Path));
        Assert.Equal(bytes, File.ReadAllBytes(copy));
        Assert.Equal([copy], Directory.GetFiles(cache.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }));
    }

    [SkippableFact]
    public void ManyAtOnceAgree()
    {
        using var cache = new TemporaryFolder();
        var source = Source();
        var copies = new string[16];
        Parallel.For(0, copies.Length, index => copies[index] = AdaptedBinding.Prepare(source, cache.Path));
        Assert.Single(copies.Distinct());
        Assert.Equal(new FileInfo(source).Length, new FileInfo(copies[0]).Length);
    }

    private static string Source()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux needs the copy.");
        var path = PackageFolders.All().Select(folder => Path.Combine(folder, NativePlatform.Current!.TorchSharpPackage, NativePlatform.Current.Binding)).FirstOrDefault(File.Exists);
        Skip.If(path is null, "The TorchSharp package is not restored.");
        return path!;
    }
}
