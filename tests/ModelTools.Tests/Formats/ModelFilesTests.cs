using ModelTools.Formats;
using ModelTools.Tests.Support;
using ModelTools.Validation;

namespace ModelTools.Tests.Formats;

/// <summary>Which files a model is made of: what locks hold, builds copy and packages carry.</summary>
public class ModelFilesTests
{
    [SkippableFact]
    public void Split_weights_are_their_index_and_all_shards()
    {
        var files = ModelFiles.Of(TestFolders.RequireShared("fixtures", "models", "sharded", "k3", "sharded.weights.json"));
        Assert.Equal(["sharded.weights.json", "sharded_00000.weights.h5", "sharded_00001.weights.h5", "sharded_00002.weights.h5"], files.Names);
    }

    [SkippableFact]
    public void A_shard_counts_in_the_digest_of_split_weights()
    {
        var source = TestFolders.RequireShared("fixtures", "models", "sharded", "k3");
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(source, "sharded*"))
        {
            File.Copy(file, folder[Path.GetFileName(file)]);
        }

        var before = FileDigest.Of(folder["sharded.weights.json"]);
        Assert.Equal(Directory.GetFiles(folder.Path).Sum(file => new FileInfo(file).Length), before.Bytes);
        Assert.Equal(before.Bytes, ModelFile.Inspect(folder["sharded.weights.json"]).FileBytes);

        using (var shard = File.OpenWrite(folder["sharded_00001.weights.h5"]))
        {
            shard.Seek(-1, SeekOrigin.End);
            shard.WriteByte(77);
        }

        Assert.NotEqual(before, FileDigest.Of(folder["sharded.weights.json"]));
    }

    [Fact]
    public void Links_to_files_count_and_links_to_folders_do_not()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["model/variables"]);
        File.WriteAllText(folder["elsewhere"], "x");
        File.CreateSymbolicLink(folder["model/linked"], folder["elsewhere"]);
        File.WriteAllText(folder["model/variables/data"], "x");
        Directory.CreateSymbolicLink(folder["model/round"], folder["model"]);
        Assert.Equal(["linked", "variables/data"], ModelFiles.Of(folder["model"]).Names);
    }
}
