using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.Hdf5;

/// <summary>The malformed and hostile HDF5 files among the fixtures.</summary>
public sealed class Hdf5BrokenTests
{
    /// <summary>What is wrong at the level of HDF5. All others are sound HDF5 files, whatever their content.</summary>
    public static TheoryData<string, string> Expected => new()
    {
        { "truncated_half.h5", "MT1002" },
        { "truncated_tail.h5", "MT1002" },
        { "truncated_signature.h5", "MT1002" },
        { "empty.h5", "MT1001" },
        { "bad_superblock_version.h5", "MT4005" },
        { "bad_btree_signature.h5", "MT1003" },
        { "btree_cycle.h5", "MT2007" },
        { "data_beyond_end.h5", "MT1002" },
        { "external_link.h5", "MT2001" },
        { "external_storage.h5", "MT2002" },
        { "virtual_dataset.h5", "MT2003" },
        { "soft_link.h5", "MT2001" },
        { "soft_link_cycle.h5", "MT2001" },
        { "hard_link_cycle.h5", "MT2007" },
        { "huge_contiguous.h5", "MT2004" },
        { "huge_chunked.h5", "MT2004" },
        { "gzip_bomb.h5", "MT2004" },
        { "chunk_too_long.h5", "MT1003" },
        { "chunk_too_short.h5", "MT1003" },
        { "bad_checksum.h5", "MT1009" },
        { "unknown_filter.h5", "MT4005" },
        { "wrong_dtype_compound.h5", "MT4004" },
        { "names_not_utf8.h5", "MT1003" },
    };

    [SkippableTheory]
    [MemberData(nameof(Expected))]
    public void What_is_damaged_or_unsafe_is_refused_with_its_code(string name, string code)
    {
        var path = TestFolders.RequireShared("fixtures", "broken", "h5", name);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<ModelToolsException>(() => ReadEverything(path));

        Assert.Equal(code, error.Code.Id);
        Assert.Equal(path, error.Path);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
    }

    [SkippableFact]
    public void The_others_are_read_and_hold_what_they_hold_for_h5py()
    {
        var paths = Directory.EnumerateFiles(TestFolders.RequireShared("fixtures", "broken", "h5"))
            .Where(path => !Expected.Any(row => (string)row[0] == Path.GetFileName(path)))
            .ToList();
        var expected = Hdf5Dump.ReadWithOracle(paths);

        Assert.True(paths.Count > 30);
        Assert.All(paths, path => Assert.Equal(expected[path], Hdf5Dump.Read(path)));
    }

    [SkippableTheory]
    [InlineData("external_link.h5")]
    [InlineData("external_storage.h5")]
    [InlineData("virtual_dataset.h5")]
    [InlineData("soft_link_cycle.h5")]
    [InlineData("hard_link_cycle.h5")]
    public void A_walk_lists_what_is_refused_and_all_that_is_sound(string name)
    {
        using var file = Hdf5File.Open(TestFolders.RequireShared("fixtures", "broken", "h5", name));

        var entries = file.Root.Walk().ToList();

        Assert.Contains(entries, entry => entry.Problem is not null);
        Assert.Contains(entries, entry => entry is { Problem: null, Node: Hdf5Dataset });
        Assert.All(entries, entry => Assert.True(entry.Problem is null || entry.Problem.Code.Kind == ErrorKind.Unsafe));
    }

    private static void ReadEverything(string path)
    {
        using var file = Hdf5File.Open(path);
        foreach (var entry in file.Root.Walk())
        {
            if (entry.Problem is not null)
            {
                throw entry.Problem;
            }

            (entry.Node as Hdf5Dataset)?.Read().Load();
            foreach (var attribute in entry.Node!.Attributes.Values.Where(attribute => attribute.IsText))
            {
                attribute.Texts();
            }
        }
    }
}
