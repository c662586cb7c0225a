using ModelTools.Formats;
using ModelTools.Tests.Support;

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
