using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Formats;

namespace ModelTools.Validation;

/// <summary>Size and SHA-256 of a model's files.</summary>
/// <param name="Bytes">Bytes of all files.</param>
/// <param name="Sha256">The digest, in lower-case hexadecimal digits.</param>
public sealed record FileDigest(long Bytes, string Sha256)
{
    /// <summary>Reads all files of a model; of a directory, and of several files, the digest is over the sorted lines <c>name NUL sha256 NUL size</c>.</summary>
    /// <param name="path">A file, a directory or a checkpoint's prefix.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <exception cref="ModelToolsException">MT6001, MT6003: a file cannot be read.</exception>
    public static FileDigest Of(string path, CancellationToken cancellation = default)
    {
        var files = ModelFiles.Of(path);
        if (files.Names.Count == 1 && File.Exists(path))
        {
            return OfFile(path, cancellation);
        }

        var lines = new StringBuilder();
        var bytes = 0L;
        foreach (var (name, file) in files.Names.Zip(files.Paths))
        {
            var digest = OfFile(file, cancellation);
            bytes += digest.Bytes;
            lines.Append(CultureInfo.InvariantCulture, $"{name}\0{digest.Sha256}\0{digest.Bytes}\n");
        }

        return new FileDigest(bytes, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString()))));
    }

    /// <summary>Reads one file, whatever it belongs to.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <exception cref="ModelToolsException">MT6001, MT6003: it cannot be read.</exception>
    public static FileDigest OfFile(string path, CancellationToken cancellation = default)
    {
        using var source = Tensors.SourceFile.Open(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[(int)Math.Min(1 << 20, source.Length)];
        for (var position = 0L; position < source.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var block = buffer.AsSpan(0, (int)Math.Min(buffer.Length, source.Length - position));
            source.Read(position, block);
            hash.AppendData(block);
            position += block.Length;
        }

        return new FileDigest(source.Length, Hex(hash.GetHashAndReset()));
    }

    private static string Hex(byte[] bytes) => System.Convert.ToHexString(bytes).ToLowerInvariant();
}
