using System.Text.Json.Nodes;
using ModelTools.Diagnostics;
using ModelTools.Formats.Checkpoint;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.Checkpoint;

public class BrokenCheckpointTests
{
    /// <summary>The error each file gives; null where its tensors are read, as the index of the broken files allows.</summary>
    private static readonly Dictionary<string, string?> Expected = new()
    {
        ["valid"] = null,
        ["valid_snappy"] = null,
        ["valid_two_shards"] = null,
        ["valid_no_graph"] = null,
        ["shard_missing"] = "MT1008",
        ["index_truncated"] = "MT1004",
        ["index_short"] = "MT1002",
        ["index_magic"] = "MT1004",
        ["index_handle"] = "MT1009",
        ["block_crc"] = "MT1009",
        ["tensor_crc"] = "MT1009",
        ["data_short"] = "MT1002",
        ["overlap"] = "MT1004",
        ["size_mismatch"] = "MT1004",
        ["huge_shape"] = "MT1004",
        ["negative_shape"] = "MT1004",
        ["offset_beyond"] = "MT1002",
        ["shard_number"] = "MT1004",
        ["unknown_dtype"] = "MT4004",
        ["unsorted_keys"] = "MT1004",
        ["graph_garbage"] = null,
        ["graph_missing_node"] = null,
        ["graph_cycle"] = null,
        ["graph_key_missing"] = null,
        ["nan"] = null,
        ["state_outside"] = "MT2006",
    };

    [SkippableFact]
    public void Every_broken_checkpoint_gets_its_answer_and_little_memory()
    {
        var root = TestFolders.RequireShared("fixtures", "broken");
        var cases = JsonNode.Parse(File.ReadAllText(Path.Combine(root, "index.json")))!["files"]!.AsArray()
            .Where(item => ((string)item!["kind"]!).StartsWith("ckpt", StringComparison.Ordinal)).ToArray();
        Assert.Equal(Expected.Count, cases.Length);
        foreach (var item in cases)
        {
            var file = (string)item!["file"]!;
            var code = Expected[file.Split('/')[1]];
            var answers = new[] { (string?)item["answer"], (string?)item["also"] };
            Assert.True(code is null ? answers.Intersect(["read", "warn"]).Any() : answers.Intersect(["refuse", "unsafe"]).Any(), file);

            var before = GC.GetTotalAllocatedBytes(precise: true);
            var error = Record.Exception(() =>
            {
                using var reader = CheckpointReader.Open(Path.Combine(root, file));
                CheckpointFixtures.ReadAll(reader);
            });
            Assert.Equal((file, code), (file, (error as ModelToolsException)?.Code.Id));
            Assert.Equal(code is null, error is null);
            Assert.True(GC.GetTotalAllocatedBytes(precise: true) - before < 20 << 20, file);
            if (error is ModelToolsException told)
            {
                Assert.Contains("ckpt", told.Path, StringComparison.Ordinal);
            }
        }
    }

    [SkippableTheory]
    [InlineData("graph_garbage", false)]
    [InlineData("graph_missing_node", false)]
    [InlineData("graph_cycle", true)]
    public void A_damaged_graph_is_an_error_of_its_own(string name, bool readable)
    {
        using var reader = CheckpointReader.Open(TestFolders.RequireShared("fixtures", "broken", "ckpt", name, "weights"));
        var error = Record.Exception(() => reader.ReadObjectGraph());
        Assert.Equal(readable, error is null);
        Assert.True(readable || error is ModelToolsException { Code.Id: "MT1004", Path: not null });
    }

    [Theory]
    [InlineData("dense_basic", 4000)]
    [InlineData("valid_snappy", 2500)]
    [InlineData("valid_two_shards", 1500)]
    [InlineData("tf1_partitioned", 2500)]
    [InlineData("tf1_legacy", 2500)]
    public void Changed_files_are_read_or_refused_but_nothing_else(string name, int rounds)
    {
        var random = new Random(20240 + rounds);
        using var folder = new TemporaryFolder();
        var originals = Directory.GetFiles(CheckpointFixtures.Local(name)).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
        foreach (var (file, bytes) in originals)
        {
            File.WriteAllBytes(folder[file], bytes);
        }

        var victims = originals.Keys.Order(StringComparer.Ordinal).ToArray();
        var refused = 0;
        for (var round = 0; round < rounds; round++)
        {
            var file = victims[random.Next(victims.Length)];
            var bytes = Mutation.Mutate(originals[file], random);
            if (random.Next(2) == 0)
            {
                Mutation.RepairTable(bytes);
            }

            File.WriteAllBytes(folder[file], bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var error = Record.Exception(() =>
            {
                using var reader = CheckpointReader.Open(folder.Path);
                _ = Record.Exception(() => reader.ReadObjectGraph()) is null or ModelToolsException ? 0 : throw new InvalidOperationException("the graph");
                CheckpointFixtures.ReadAll(reader);
            });
            Assert.True(error is null or ModelToolsException, $"round {round}, {file}: {error}");
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 200 << 20, $"round {round}, {file}: memory");
            refused += error is null ? 0 : 1;
            File.WriteAllBytes(folder[file], originals[file]);
        }

        Assert.InRange(refused, rounds / 4, rounds);
    }
}
