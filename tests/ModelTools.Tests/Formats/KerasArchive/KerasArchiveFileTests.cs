using System.IO.Compression;
using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Formats.KerasArchive;
using ModelTools.Objects;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.KerasArchive;

/// <summary>Archives as files: their members, their bytes, and what happens when writing ends early.</summary>
public class KerasArchiveFileTests
{
    private static readonly KerasArchiveFormat Format = new();

    public static TheoryData<string> Files => ["dense_basic.k2.keras", "dense_basic.k3.keras", "shared_layer.k3.keras"];

    [Theory]
    [MemberData(nameof(Files))]
    public void An_archive_has_the_members_of_keras_in_their_order_and_no_times(string file)
    {
        using var folder = new TemporaryFolder();
        ModelFile.Save(ModelFile.Load(Fixture(file)), folder["model.keras"]);
        using var zip = ZipFile.OpenRead(folder["model.keras"]);
        using var original = ZipFile.OpenRead(Fixture(file));
        Assert.Equal(original.Entries.Select(entry => entry.FullName), zip.Entries.Select(entry => entry.FullName));
        Assert.All(zip.Entries, entry => Assert.Equal(1980, entry.LastWriteTime.Year));
        Assert.All(zip.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Compressed_members_are_read_too(string file)
    {
        using var folder = new TemporaryFolder();
        using (var source = ZipFile.OpenRead(Fixture(file)))
        using (var target = ZipFile.Open(folder["deflated.keras"], ZipArchiveMode.Create))
        {
            foreach (var entry in source.Entries)
            {
                using var from = entry.Open();
                using var to = target.CreateEntry(entry.FullName, CompressionLevel.SmallestSize).Open();
                from.CopyTo(to);
            }
        }

        Assert.True(new FileInfo(folder["deflated.keras"]).Length < new FileInfo(Fixture(file)).Length);
        Assert.Equal(Digests(Fixture(file)), Digests(folder["deflated.keras"]));
        Assert.Equal(Format.Inspect(Fixture(file), ModelReadLimits.Default).Tensors.Select(tensor => tensor.Name), Format.Inspect(folder["deflated.keras"], ModelReadLimits.Default).Tensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public void A_cancelled_save_leaves_the_old_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["model.keras"], "old");
        var model = ModelFile.Load(Fixture("dense_basic.k3.keras"));
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Format.Write(model, folder["model.keras"], new ModelWriteOptions { Force = true, Cancellation = source.Token }));
        Assert.Equal("old", File.ReadAllText(folder["model.keras"]));
        Assert.Equal(["model.keras"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        Assert.Equal(ErrorCode.TargetExists, Assert.Throws<ModelToolsException>(() => Format.Write(model, folder["model.keras"], ModelWriteOptions.Default)).Code);
    }

    [Fact]
    public void Any_byte_of_the_weights_that_is_wrong_is_found()
    {
        using var folder = new TemporaryFolder();
        var bytes = File.ReadAllBytes(Fixture("dense_basic.k3.keras"));
        // The last dataset ends before the central directory.
        bytes[bytes.AsSpan().IndexOf("PK\x01\x02"u8) - 5] ^= 1;
        File.WriteAllBytes(folder["model.keras"], bytes);
        Assert.Equal(ErrorCode.ChecksumMismatch, Assert.Throws<ModelToolsException>(() => Format.Read(folder["model.keras"], ModelReadOptions.Default)).Code);
    }

    /// <summary>Whatever is damaged, the answer is an error of the table or a model, and inspection says what it found.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Damage_anywhere_gives_a_clear_answer(string file)
    {
        using var folder = new TemporaryFolder();
        var original = File.ReadAllBytes(Fixture(file));
        var random = new Random(11);
        for (var round = 0; round < 400; round++)
        {
            var bytes = original.ToArray();
            for (var i = 0; i < 1 + (round % 4); i++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(folder["model.keras"], round % 5 == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            Answer(() => Format.Read(folder["model.keras"], ModelReadOptions.Default));
            Answer(() => Format.Inspect(folder["model.keras"], ModelReadLimits.Default));
        }

        static void Answer(Action action)
        {
            var error = Record.Exception(action);
            Assert.True(error is null or ModelToolsException, error?.ToString());
        }
    }

    /// <summary>Keras 3 forgets the optimizer of a model that it saved to an HDF5 file before.</summary>
    [SkippableFact]
    public void A_state_without_an_optimizer_is_reported()
    {
        var findings = new List<ModelFinding>();
        var model = Format.Read(TestFolders.RequireShared("fixtures", "compiled", "adam", "k3", "model_after_h5.keras"), ModelReadOptions.Default with { Findings = findings });
        Assert.Null(model.OptimizerState);
        Assert.Contains(findings, finding => finding.Location == "optimizer");
    }

    /// <summary>The vocabulary of a file of its own goes into the layer's configuration, so that every format can hold it.</summary>
    [SkippableTheory]
    [InlineData("integer_lookup", "k3/model.keras", "[-1,7,12,99]")]
    [InlineData("text_vectorization", "k3/model.keras", "\"sat\"")]
    [InlineData("text_vectorization", "k2/model.keras", "\"sat\"")]
    public void Vocabularies_come_along(string name, string file, string expected)
    {
        using var folder = new TemporaryFolder();
        var findings = new List<ModelFinding>();
        var model = Format.Read(FixtureModel.Open(name).PathOf(file), ModelReadOptions.Default with { Findings = findings });
        Assert.DoesNotContain(findings, finding => finding.Code == ErrorCode.MissingPart);
        Format.Write(model, folder["model.keras"], new ModelWriteOptions { Dialect = model.Dialect });
        using var zip = ZipFile.OpenRead(folder["model.keras"]);
        using var reader = new StreamReader(zip.GetEntry("config.json")!.Open());
        Assert.Contains(expected, reader.ReadToEnd().Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    /// <summary>A model goes from any container to any other without losing a weight.</summary>
    [Theory]
    [InlineData("dense_basic.k2.keras", KerasDialect.Keras3)]
    [InlineData("dense_basic.k3.keras", KerasDialect.Keras2)]
    [InlineData("shared_layer.k3.keras", KerasDialect.Keras2)]
    public void Conversions_keep_every_weight(string file, KerasDialect dialect)
    {
        using var folder = new TemporaryFolder();
        var options = new ModelWriteOptions { Dialect = dialect };
        ModelFile.Save(ModelFile.Load(Fixture(file)), folder["model.h5"], options: options);
        ModelFile.Save(ModelFile.Load(folder["model.h5"]), folder["model.keras"], options: options);
        ModelFile.Save(ModelFile.Load(folder["model.keras"]), folder["saved"], ModelFormat.Named("SavedModel"));
        ModelFile.Save(ModelFile.Load(folder["saved"]), folder["last.keras"]);
        Assert.Equal(Digests(Fixture(file)), Digests(folder["last.keras"]));
        Assert.Equal(dialect, ModelFile.Load(folder["model.keras"]).Dialect);
    }

    private static string Fixture(string file) => Path.Combine(TestFolders.Fixtures, "keras", file);

    private static IEnumerable<string> Digests(string path) => [.. ModelFile.Load(path).Variables.Select(variable => Crc32.Of(variable.Value))];
}
