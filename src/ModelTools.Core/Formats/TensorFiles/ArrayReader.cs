using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.TensorFiles;

/// <summary>Reads the elements behind a header: the rows that are wanted, in .NET's byte order, row by row.</summary>
internal static class ArrayReader
{
    private const int Block = 16 << 20;

    /// <summary>Reads elements; the source stands right behind the header.</summary>
    /// <param name="source">The file.</param>
    /// <param name="header">What the header says.</param>
    /// <param name="options">The rows.</param>
    /// <param name="endsHere">Whether nothing may follow the last element.</param>
    public static Tensor Read(DataSource source, ArrayHeader header, TensorReadOptions options, bool endsHere)
    {
        var total = CheckSize(source, header);
        var (start, count) = ChooseRows(header.Shape, options);
        var whole = header.Fortran && header.Shape.Rank > 1;
        var shape = whole || header.Shape.Rank == 0 ? header.Shape : header.Shape.With(0, count);
        var perRow = header.Shape.Rank == 0 || header.Shape[0] == 0 ? 0 : total / header.Shape[0];
        source.Skip(whole ? 0 : start * perRow);
        var bytes = ReadBytes(source, shape.ElementCount * header.ItemSize);
        if (endsHere && (whole || start * perRow + bytes.Length == total))
        {
            source.ExpectEnd();
        }

        if (whole)
        {
            bytes = Transpose(bytes, header.Shape, header.ItemSize);
        }

        var tensor = MakeTensor(bytes, header, shape, source);
        return whole ? tensor.Rows(start, count) : tensor;
    }

    /// <summary>The first row and the number of rows that the options choose; (0, 1) for a single number.</summary>
    public static (long Start, long Count) ChooseRows(Shape shape, TensorReadOptions options)
    {
        if (shape.Rank == 0)
        {
            return options.Skip == 0 && options.First is null
                ? (0, 1)
                : throw new ModelToolsException(ErrorCode.InvalidArgument, "The file holds a single number: there are no rows to choose from.");
        }

        var start = Math.Min(options.Skip, shape[0]);
        return (start, Math.Min(options.First ?? long.MaxValue, shape[0] - start));
    }

    private static long CheckSize(DataSource source, ArrayHeader header)
    {
        long total;
        try
        {
            total = checked(header.Shape.ElementCount * header.ItemSize);
        }
        catch (OverflowException error)
        {
            throw source.Corrupt($"its shape {header.Shape} is larger than any file", error);
        }

        if (header.ItemSize == 0 && header.Shape.ElementCount > 1_000_000)
        {
            throw source.Corrupt($"it declares {header.Shape.ElementCount} elements without a byte");
        }

        source.CheckDeclared(total);
        return total;
    }

    private static OwnedData ReadBytes(DataSource source, long length)
    {
        var data = OwnedData.Allocate(length);
        for (var offset = 0L; offset < length; offset += Block)
        {
            source.Read(data.Span(offset, (int)Math.Min(Block, length - offset)));
        }

        return data;
    }

    private static Tensor MakeTensor(OwnedData bytes, ArrayHeader header, Shape shape, DataSource source)
    {
        if (header.Kind != ElementKind.Number)
        {
            return new Tensor(DType.String, shape, new StringData(ReadStrings(bytes, header, shape.ElementCount, source)));
        }

        var part = header.DType is DType.Complex64 or DType.Complex128 ? header.ItemSize / 2 : header.ItemSize;
        for (var offset = 0L; offset < bytes.Length; offset += Block)
        {
            var block = bytes.Span(offset, (int)Math.Min(Block, bytes.Length - offset));
            if (header.BigEndian)
            {
                Swap(block, part);
            }

            if (header.DType == DType.Bool)
            {
                Normalize(block);
            }
        }

        return new Tensor(header.DType, shape, bytes);
    }

    private static void Swap(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
            default:
                break;
        }
    }

    private static void Normalize(Span<byte> bools)
    {
        foreach (ref var value in bools)
        {
            value = value != 0 ? (byte)1 : (byte)0;
        }
    }

    private static byte[][] ReadStrings(OwnedData bytes, ArrayHeader header, long count, DataSource source)
    {
        var encoding = new UTF32Encoding(header.BigEndian, false, throwOnInvalidCharacters: true);
        var strings = new byte[checked((int)count)][];
        for (var i = 0; i < strings.Length; i++)
        {
            var item = bytes.Span((long)i * header.ItemSize, header.ItemSize);
            if (header.Kind == ElementKind.Bytes)
            {
                strings[i] = item.TrimEnd((byte)0).ToArray();
                continue;
            }

            var used = item.TrimEnd((byte)0).Length;
            try
            {
                strings[i] = Encoding.UTF8.GetBytes(encoding.GetString(item[..((used + 3) / 4 * 4)]).TrimEnd('\0'));
            }
            catch (DecoderFallbackException error)
            {
                throw source.Corrupt($"text {i} is not Unicode", error);
            }
        }

        return strings;
    }

    /// <summary>The same elements with the last axis varying fastest.</summary>
    private static OwnedData Transpose(OwnedData fortran, Shape shape, int size)
    {
        var result = OwnedData.Allocate(fortran.Length);
        var strides = new long[shape.Rank];
        var stride = (long)size;
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        var index = new long[shape.Rank];
        var from = 0L;
        for (var to = 0L; to < result.Length; to += size)
        {
            fortran.Span(from, size).CopyTo(result.Span(to, size));
            for (var axis = shape.Rank - 1; axis >= 0; axis--)
            {
                from += strides[axis];
                if (++index[axis] < shape[axis])
                {
                    break;
                }

                from -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }

        return result;
    }
}
