using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ModelTools.Tensors;

/// <summary>Names a tensor by its content: the same in every container.</summary>
public static class TensorDigest
{
    /// <summary>SHA-256 over the type's name, the shape and the little-endian bytes, in lower-case hexadecimal digits.</summary>
    /// <remarks>
    /// Input of the hash: <c>name ( d0 , d1 ) NUL</c> as in <c>float32(784,256)\0</c>, then the elements' bytes; a string element is
    /// preceded by its length as a 64-bit little-endian number.
    /// </remarks>
    public static string Digest(this Tensor tensor, CancellationToken cancellation = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes($"{tensor.DType.Name()}({string.Join(',', tensor.Shape)})\0"));
        if (tensor.Data is StringData text)
        {
            Span<byte> length = stackalloc byte[8];
            foreach (var element in text.Elements)
            {
                BinaryPrimitives.WriteInt64LittleEndian(length, element.Length);
                hash.AppendData(length);
                hash.AppendData(element);
            }
        }
        else
        {
            using var sink = new HashStream(hash);
            tensor.Data.CopyTo(sink, cancellation);
        }

        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    private sealed class HashStream(IncrementalHash hash) : WriteOnlyStream
    {
        protected override void Take(ReadOnlySpan<byte> bytes) => hash.AppendData(bytes);
    }
}
