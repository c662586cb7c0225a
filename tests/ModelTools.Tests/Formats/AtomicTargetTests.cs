using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats;

public sealed class AtomicTargetTests : IDisposable
{
    private const string Marker = "saved_model.pb";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Writes_a_file_and_leaves_nothing_else()
    {
        AtomicTarget.WriteFile(_folder["a b.h5"], overwrite: false, stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(_folder["a b.h5"]));
        Assert.Equal(["a b.h5"], Names());
    }

    [Fact]
    public void The_old_file_stays_until_the_new_one_is_complete()
    {
        File.WriteAllText(_folder["m.h5"], "old");

        AtomicTarget.WriteFile(_folder["m.h5"], overwrite: true, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(_folder["m.h5"]));
            Assert.Equal([".m.h5.modeltools-tmp", "m.h5"], Names());
        });

        Assert.Equal("new", File.ReadAllText(_folder["m.h5"]));
        Assert.Equal(["m.h5"], Names());
    }

    [Fact]
    public async Task Large_files_reach_the_disk_early_and_are_not_held_once_they_are_replaced()
    {
        var block = new byte[40 << 20];
        for (byte round = 1; round <= 2; round++)
        {
            AtomicTarget.WriteFile(_folder["m.h5"], overwrite: true, stream =>
            {
                for (byte part = 0; part < 3; part++)
                {
                    Array.Fill(block, (byte)(round * 10 + part));
                    stream.Write(block);
                    Thread.Sleep(20);
                }
            });
        }

        using (var written = File.OpenRead(_folder["m.h5"]))
        {
            Assert.Equal(3L * block.Length, written.Length);
            for (byte part = 0; part < 3; part++)
            {
                written.ReadExactly(block);
                Assert.True(block.AsSpan().IndexOfAnyExcept((byte)(20 + part)) < 0);
            }
        }

        Assert.Equal(["m.h5"], Names());
        for (var waits = 0; waits < 200 && Held().Length > 0; waits++)
        {
            await Task.Delay(50);
        }

        Assert.Empty(Held());

        string[] Held() => !OperatingSystem.IsLinux() ? [] : [.. Directory.EnumerateFiles("/proc/self/fd").Select(file => new FileInfo(file).LinkTarget ?? "").Where(target => target.Contains(_folder["m.h5"]))];
    }

    [Fact]
    public void A_failed_or_cancelled_save_leaves_the_old_file_and_no_litter()
    {
        File.WriteAllText(_folder["m.h5"], "old");

        Assert.Throws<OperationCanceledException>(() => AtomicTarget.WriteFile(_folder["m.h5"], overwrite: true, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new OperationCanceledException();
        }));

        Assert.Equal("old", File.ReadAllText(_folder["m.h5"]));
        Assert.Equal(["m.h5"], Names());
    }

    [Fact]
    public void Litter_of_a_killed_save_is_taken_away_by_the_next()
    {
        File.WriteAllText(_folder[".m.h5.modeltools-tmp"], new string('x', 1000));

        AtomicTarget.WriteFile(_folder["m.h5"], overwrite: false, stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(_folder["m.h5"]));
        Assert.Equal(["m.h5"], Names());
    }

    [Fact]
    public void An_existing_file_is_replaced_only_when_allowed()
    {
        File.WriteAllText(_folder["m.h5"], "old");

        var error = Fails(() => AtomicTarget.WriteFile(_folder["m.h5"], overwrite: false, _ => Assert.Fail("must not be asked to write")));

        Assert.Equal(ErrorCode.TargetExists, error.Code);
        Assert.Equal("old", File.ReadAllText(_folder["m.h5"]));
    }

    [Fact]
    public void A_read_only_file_is_not_replaced()
    {
        File.WriteAllText(_folder["m.h5"], "old");
        File.SetAttributes(_folder["m.h5"], FileAttributes.ReadOnly);

        var error = Fails(() => AtomicTarget.WriteFile(_folder["m.h5"], overwrite: true, stream => stream.Write("new"u8)));
        File.SetAttributes(_folder["m.h5"], FileAttributes.Normal);

        Assert.Equal(ErrorCode.AccessDenied, error.Code);
        Assert.Equal("old", File.ReadAllText(_folder["m.h5"]));
    }

    [Fact]
    public void A_missing_folder_and_a_directory_in_the_way_are_named()
    {
        Directory.CreateDirectory(_folder["sub"]);

        Assert.Equal(ErrorCode.PathNotFound, Fails(() => AtomicTarget.WriteFile(_folder["no/m.h5"], true, _ => { })).Code);
        Assert.Equal(ErrorCode.TargetExists, Fails(() => AtomicTarget.WriteFile(_folder["sub"], true, _ => { })).Code);
    }

    [Fact]
    public void A_second_save_to_the_same_target_at_the_same_time_is_refused()
    {
        AtomicTarget.WriteFile(_folder["m.h5"], overwrite: true, stream =>
        {
            Assert.Equal(ErrorCode.AccessDenied, Fails(() => AtomicTarget.WriteFile(_folder["m.h5"], true, _ => { })).Code);
            stream.Write("first"u8);
        });

        Assert.Equal("first", File.ReadAllText(_folder["m.h5"]));
    }

    [SkippableFact]
    public void A_full_disk_is_reported_as_such()
    {
        Skip.IfNot(File.Exists("/dev/full"), "There is no /dev/full here.");
        var error = Fails(() => AtomicTarget.WriteFile(_folder["m.h5"], overwrite: true, stream =>
        {
            stream.Write("half"u8);
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
            full.Write(new byte[100_000]);
        }));

        Assert.Equal(ErrorCode.WriteFailed, error.Code);
        Assert.Empty(Names());
    }

    [Fact]
    public void Files_that_belong_together_appear_together()
    {
        string[] paths = [_folder["w.data"], _folder["w.index"]];

        AtomicTarget.WriteFiles(paths, overwrite: false, streams =>
        {
            streams[1].Write("index"u8);
            streams[0].Write("data"u8);
            Assert.DoesNotContain("w.data", Names());
        });
        Assert.Equal(["w.data", "w.index"], Names());

        Assert.Throws<InvalidOperationException>(() => AtomicTarget.WriteFiles(paths, overwrite: true, _ => throw new InvalidOperationException()));
        Assert.Equal("data", File.ReadAllText(paths[0]));
        Assert.Equal(["w.data", "w.index"], Names());
    }

    [SkippableFact]
    public void A_symbolic_link_is_written_through()
    {
        Skip.If(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        File.WriteAllText(_folder["real.h5"], "old");
        File.CreateSymbolicLink(_folder["link.h5"], _folder["real.h5"]);

        AtomicTarget.WriteFile(_folder["link.h5"], overwrite: true, stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(_folder["real.h5"]));
        Assert.NotNull(new FileInfo(_folder["link.h5"]).LinkTarget);
    }

    [Fact]
    public void Writes_and_replaces_a_directory()
    {
        AtomicTarget.WriteDirectory(_folder["model/"], overwrite: false, Marker, Fill("one"));
        Assert.Equal("one", File.ReadAllText(_folder["model/saved_model.pb"]));

        File.WriteAllText(_folder["model/left-over"], "");
        AtomicTarget.WriteDirectory(_folder["model"], overwrite: true, Marker, Fill("two"));

        Assert.Equal("two", File.ReadAllText(_folder["model/variables/data"]));
        Assert.False(File.Exists(_folder["model/left-over"]));
        Assert.Equal(["model"], Names());
    }

    [Fact]
    public void A_failed_directory_leaves_the_old_one_and_no_litter()
    {
        AtomicTarget.WriteDirectory(_folder["model"], overwrite: false, Marker, Fill("one"));

        Assert.Throws<OperationCanceledException>(() => AtomicTarget.WriteDirectory(_folder["model"], overwrite: true, Marker, path =>
        {
            Fill("two")(path);
            throw new OperationCanceledException();
        }));

        Assert.Equal("one", File.ReadAllText(_folder["model/saved_model.pb"]));
        Assert.Equal(["model"], Names());
    }

    [Fact]
    public void A_directory_is_replaced_only_when_allowed_and_never_when_it_is_something_else()
    {
        AtomicTarget.WriteDirectory(_folder["model"], overwrite: false, Marker, Fill("one"));
        Directory.CreateDirectory(_folder["holiday"]);
        File.WriteAllText(_folder["holiday/photo.jpg"], "dear");
        Directory.CreateDirectory(_folder["empty"]);

        Assert.Equal(ErrorCode.TargetExists, Fails(() => AtomicTarget.WriteDirectory(_folder["model"], false, Marker, Fill("two"))).Code);
        Assert.Equal(ErrorCode.TargetExists, Fails(() => AtomicTarget.WriteDirectory(_folder["holiday"], true, Marker, Fill("two"))).Code);
        AtomicTarget.WriteDirectory(_folder["empty"], overwrite: false, Marker, Fill("three"));

        Assert.Equal("one", File.ReadAllText(_folder["model/saved_model.pb"]));
        Assert.Equal("dear", File.ReadAllText(_folder["holiday/photo.jpg"]));
        Assert.Equal("three", File.ReadAllText(_folder["empty/saved_model.pb"]));
        Assert.Equal(["empty", "holiday", "model"], Names());
    }

    [Theory]
    [InlineData("write")]
    [InlineData("between")]
    [InlineData("clean")]
    public void A_directory_save_killed_anywhere_is_repaired_by_the_next(string moment)
    {
        // What a kill leaves: during writing, between the two renames, before the old one is removed.
        Fill("new")(Directory.CreateDirectory(_folder[moment == "clean" ? "model" : ".model.modeltools-tmp"]).FullName);
        Fill("old")(Directory.CreateDirectory(_folder[moment == "write" ? "model" : ".model.modeltools-old"]).FullName);
        File.WriteAllText(_folder[".model.modeltools-lock"], "");

        var error = Fails(() => AtomicTarget.WriteDirectory(_folder["model"], overwrite: false, Marker, Fill("later")));

        Assert.Equal(ErrorCode.TargetExists, error.Code);
        Assert.Equal(moment == "clean" ? "new" : "old", File.ReadAllText(_folder["model/variables/data"]));

        AtomicTarget.WriteDirectory(_folder["model"], overwrite: true, Marker, Fill("later"));
        Assert.Equal("later", File.ReadAllText(_folder["model/variables/data"]));
        Assert.Equal(["model"], Names());
    }

    private static Action<string> Fill(string text) => path =>
    {
        Directory.CreateDirectory(Path.Combine(path, "variables"));
        File.WriteAllText(Path.Combine(path, "saved_model.pb"), text);
        File.WriteAllText(Path.Combine(path, "variables", "data"), text);
    };

    private static ModelToolsException Fails(Action action) => Assert.Throws<ModelToolsException>(action);

    private string[] Names() => [.. Directory.EnumerateFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
}
