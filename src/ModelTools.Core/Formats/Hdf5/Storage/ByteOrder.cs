using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ModelTools.Tensors;

namespace ModelTools.Formats.Hdf5.Storage;

/// <summary>Turns big-endian numbers into little-endian ones.</summary>
internal static class ByteOrder
{
    /// <summary>Reverses the bytes of every number in place.</summary>
    public static void Swap(Span<byte> bytes, DType element)
    {
        switch (element)
        {
            case DType.Complex64:
                Swap(bytes, 4);
                break;
            case DType.Complex128:
                Swap(bytes, 8);
                break;
            default:
                Swap(bytes, element.Size());
                break;
        }
    }

    private static void Swap(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 2:
                var words = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 4:
                var doubles = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(doubles, doubles);
                break;
            case 8:
                var quads = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(quads, quads);
                break;
        }
    }
}
