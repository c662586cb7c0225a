using System.Diagnostics;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Formats.TensorFiles;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Tensors;

/// <summary>Files that are none, and files that change while they are read.</summary>
public sealed class SourceFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("modeltools-source-");

    public static TheoryData<string> Containers => new("m.h5", "m.keras", "m.weights.h5", "saved", "ckpt");

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("pipe.h5")]
    [InlineData("pipe.json")]
    [InlineData("pipe.npy")]
    [InlineData("link.h5")]
    public void A_pipe_is_refused_and_not_waited_for(string name)
    {
        Skip.If(OperatingSystem.IsWindows(), "Pipes are no files on Windows.");
        MakePipe(_folder["pipe" + Path.GetExtension(name)]);
        if (name.StartsWith("link", StringComparison.Ordinal))
        {
            File.CreateSymbolicLink(_folder[name], _folder["pipe.h5"]);
        }

        Assert.Equal("MT6003", HostileFile.Failure(() => SourceFile.Open(_folder[name]))?.Code.Id);
        Assert.Equal("MT1001", HostileFile.Failure(() => ModelFile.Load(_folder[name]))?.Code.Id);
        Assert.NotNull(HostileFile.Failure(() => TensorFile.ReadAll(_folder[name])));
    }

    [SkippableFact]
    public void A_device_is_neither_read_nor_replaced()
    {
        Skip.IfNot(File.Exists("/dev/null"), "There are no devices as files here.");
        Assert.Equal("MT6003", HostileFile.Failure(() => SourceFile.Open("/dev/zero"))?.Code.Id);

        File.CreateSymbolicLink(_folder["m.h5"], "/dev/null");
        var failure = HostileFile.Failure(() => ModelFile.Save(Small(), _folder["m.h5"], options: new ModelWriteOptions { Force = true }));
        Assert.Equal("MT6002", failure?.Code.Id);
        Assert.True(SpecialFiles.IsSpecial("/dev/null"));
    }

    [SkippableFact]
    public void A_pipe_is_not_replaced()
    {
        Skip.If(OperatingSystem.IsWindows(), "Pipes are no files on Windows.");
        MakePipe(_folder["m.keras"]);

        Assert.Equal("MT6002", HostileFile.Failure(() => ModelFile.Save(Small(), _folder["m.keras"], options: new ModelWriteOptions { Force = true }))?.Code.Id);
        Assert.True(SpecialFiles.IsSpecial(_folder["m.keras"]));
    }

    [Fact]
    public void An_empty_file_is_a_file()
    {
        File.WriteAllBytes(_folder["empty.h5"], []);

        Assert.False(SpecialFiles.IsSpecial(_folder["empty.h5"]));
        Assert.Equal("MT1001", HostileFile.Failure(() => ModelFile.Load(_folder["empty.h5"]))?.Code.Id);
        ModelFile.Save(Small(), _folder["empty.h5"], options: new ModelWriteOptions { Force = true });
        Assert.Equal(2, ModelFile.Load(_folder["empty.h5"]).Variables.Count());
    }

    [SkippableTheory]
    [MemberData(nameof(Containers))]
    public void A_file_that_shrinks_while_its_weights_are_read_is_an_error(string name)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows keeps others from changing a file that is read.");
        var model = Small();
        var path = _folder[name];
        Save(model, path);
        using var open = ModelFile.Open(path, structure: model);
        foreach (var file in Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : Directory.GetFiles(_folder.Path, name + "*"))
        {
            Shrink(file, new FileInfo(file).Length / 3);
        }

        var code = HostileFile.Failure(() =>
        {
            foreach (var variable in open.Model.Variables)
            {
                variable.Value.Load();
            }
        })?.Code.Id;
        Assert.Contains(code, (string[])["MT1002", "MT1007", "MT1009"]);
    }

    [SkippableTheory]
    [MemberData(nameof(Containers))]
    public void A_file_that_was_deleted_is_still_read(string name)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows keeps the name until the file is closed.");
        var model = Small();
        var path = _folder[name];
        Save(model, path);
        using var open = ModelFile.Open(path, structure: model);
        foreach (var file in Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            File.Delete(file);
        }

        Assert.Equal(model.Variables.First().Value.Digest(), open.Model.Variables.First().Value.Digest());
    }

    [Fact]
    public void A_file_that_another_program_holds_is_named()
    {
        ModelFile.Save(Small(), _folder["m.h5"]);
        using var held = new FileStream(_folder["m.h5"], FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var failure = HostileFile.Failure(() => SourceFile.Open(_folder["m.h5"]));

        Assert.Equal(("MT6003", _folder["m.h5"]), (failure?.Code.Id, failure?.Path));
    }

    // The file keeps its identity, as when another program writes it anew in place; our own lock is no hindrance to others.
    private static void Shrink(string file, long length)
    {
        using var process = Process.Start("truncate", ["-s", $"{length}", file]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static void MakePipe(string path)
    {
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Skip.If(process.ExitCode != 0, "No pipes can be made here.");
    }

    private static void Save(Model model, string path)
    {
        switch (Path.GetFileName(path))
        {
            case "m.weights.h5":
                ModelFile.SaveWeights(model, path);
                break;
            case "ckpt":
                ModelFile.SaveWeights(model, path, ModelFormat.Named("Checkpoint"));
                break;
            case "saved":
                ModelFile.Save(model, path, ModelFormat.Named("SavedModel"));
                break;
            default:
                ModelFile.Save(model, path);
                break;
        }
    }

    private static Model Small()
    {
        var model = Model.Sequential([new Dense(300) { BatchInputShape = [-1, 200] }]);
        model.Initialize(seed: 3);
        return model;
    }
}
