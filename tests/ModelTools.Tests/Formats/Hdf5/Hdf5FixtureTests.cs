using System.IO.Compression;
using ModelTools.Formats.Hdf5;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.Hdf5;

/// <summary>Every HDF5 file among the fixtures, read by us and by h5py.</summary>
public sealed class Hdf5FixtureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Every_fixture_holds_for_us_what_it_holds_for_h5py()
    {
        var paths = Directory.EnumerateFiles(TestFolders.RequireShared("fixtures"), "*.h5", SearchOption.AllDirectories)
            .Where(path => !path.Contains("broken", StringComparison.Ordinal))
            .Concat(Unpacked())
            .Order(StringComparer.Ordinal)
            .ToList();
        var expected = Hdf5Dump.ReadWithOracle(paths);

        Assert.True(paths.Count > 300, $"Only {paths.Count} files were found.");
        Assert.Equal(paths.Count, expected.Count);
        Assert.All(paths, path => Assert.Equal(expected[path], Hdf5Dump.Read(path)));
    }

    [SkippableFact]
    public void What_is_read_and_written_again_is_the_same_for_h5py()
    {
        var originals = Directory.EnumerateFiles(TestFolders.RequireShared("fixtures", "models"), "*.h5", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var copies = new List<string>();
        foreach (var path in originals)
        {
            using var file = Hdf5File.Open(path);
            var root = new Hdf5GroupContent();
            Copy(file.Root, root);
            copies.Add(_folder[$"copy{copies.Count}.h5"]);
            using var stream = File.Create(copies[^1]);
            Hdf5Writer.Write(root, stream);
        }

        var expected = Hdf5Dump.ReadWithOracle([.. originals, .. copies]);

        Assert.True(originals.Count > 100, $"Only {originals.Count} files were found.");
        Assert.All(Enumerable.Range(0, originals.Count), i => Assert.Equal(expected[originals[i]], expected[copies[i]]));
    }

    private static void Copy(Hdf5Group source, Hdf5GroupContent target)
    {
        CopyAttributes(source, target);
        foreach (var link in source.Links)
        {
            switch (source.Open(link))
            {
                case Hdf5Group group:
                    Copy(group, target.Group(link.Name));
                    break;
                case Hdf5Dataset dataset:
                    CopyAttributes(dataset, target.Add(link.Name, dataset.Read().Load()));
                    break;
            }
        }
    }

    private static void CopyAttributes(Hdf5Object source, Hdf5Content target)
    {
        foreach (var attribute in source.Attributes.Values.Where(attribute => source is Hdf5Group || attribute.Name != "dtype"))
        {
            target.Attributes.Add(attribute.Name, attribute.Value());
        }
    }

    /// <summary>The files inside of the archives, and inside of the .keras archives among them.</summary>
    private IEnumerable<string> Unpacked()
    {
        var number = 0;
        foreach (var path in Directory.EnumerateFiles(TestFolders.RequireShared("fixtures"), "files.zip", SearchOption.AllDirectories))
        {
            using var archive = ZipFile.OpenRead(path);
            foreach (var entry in archive.Entries)
            {
                var target = _folder[$"{number++}{Path.GetExtension(entry.Name)}"];
                switch (Path.GetExtension(entry.Name))
                {
                    case ".h5":
                        entry.ExtractToFile(target);
                        yield return target;
                        break;
                    case ".keras":
                        using (var inner = new ZipArchive(entry.Open()))
                        {
                            inner.GetEntry("model.weights.h5")!.ExtractToFile(target + ".h5");
                        }

                        yield return target + ".h5";
                        break;
                }
            }
        }
    }
}
