using System.Buffers.Binary;
using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.Hdf5;

/// <summary>Damaged files: whatever the damage, there is one clear error or none, and little memory is taken.</summary>
public sealed class Hdf5FuzzTests : IDisposable
{
    private const int Mutations = 1000;
    private const long MostMemory = 48 << 20;

    private static readonly ModelReadLimits Limits = new() { ExpansionFloorBytes = 1 << 20 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("old-structures", true)]
    [InlineData("new-structures", true)]
    [InlineData("new-structures", false)]
    public void A_damaged_file_is_read_or_refused(string name, bool verify)
    {
        var sound = File.ReadAllBytes(Path.Combine(TestFolders.Fixtures, "hdf5", name + ".h5"));
        var random = new Random(20240229);
        var refused = 0;
        for (var i = 0; i < Mutations; i++)
        {
            var bytes = Damage(sound, random);
            File.WriteAllBytes(_folder["damaged.h5"], bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                refused += ReadEverything(_folder["damaged.h5"], verify) ? 1 : 0;
            }
            catch (Exception error) when (error is not ModelToolsException)
            {
                File.WriteAllBytes(Path.Combine(Path.GetTempPath(), $"{name}-{i}.damaged.h5"), bytes);
                Assert.Fail($"Mutation {i}: {error}");
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory);
        }

        Assert.InRange(refused, Mutations / 10, Mutations);
    }

    /// <summary>Reads all there is, past what is refused.</summary>
    /// <returns>Whether anything was refused.</returns>
    private static bool ReadEverything(string path, bool verify)
    {
        var refused = false;
        try
        {
            using var file = verify ? Hdf5File.Open(path, Limits) : Hdf5File.OpenUnverified(path, Limits);
            foreach (var entry in file.Root.Walk().Prepend(new Hdf5Entry("/", file.Root, null)))
            {
                refused |= entry.Problem is not null;
                Attempt(() =>
                {
                    foreach (var attribute in entry.Node?.Attributes.Values ?? [])
                    {
                        Attempt(() => attribute.Value());
                        Attempt(() => attribute.Texts());
                    }
                });
                if (entry is { Node: Hdf5Dataset dataset, Problem: null })
                {
                    Attempt(() => dataset.Read().Load());
                }
            }
        }
        catch (ModelToolsException)
        {
            refused = true;
        }

        return refused;

        void Attempt(Action action)
        {
            try
            {
                action();
            }
            catch (ModelToolsException)
            {
                refused = true;
            }
        }
    }

    private static byte[] Damage(byte[] sound, Random random)
    {
        var bytes = sound.AsSpan().ToArray();
        for (var n = random.Next(1, 5); n > 0; n--)
        {
            var at = random.Next(bytes.Length - 8);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    byte[] extremes = [0, 1, 0x7F, 0x80, 0xFE, 0xFF];
                    bytes.AsSpan(at, random.Next(1, 9)).Fill(extremes[random.Next(extremes.Length)]);
                    break;
                case 3:
                    BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at & ~7), random.Next(bytes.Length) & ~7);
                    break;
                case 4:
                    sound.AsSpan(random.Next(bytes.Length - 8) & ~7, 8).CopyTo(bytes.AsSpan(at & ~7));
                    break;
                case 5:
                    bytes[at]++;
                    break;
                default:
                    return random.Next(20) == 0 ? bytes[..at] : bytes;
            }
        }

        return bytes;
    }
}
