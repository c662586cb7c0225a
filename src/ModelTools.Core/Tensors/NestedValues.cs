using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelTools.Diagnostics;

namespace ModelTools.Tensors;

/// <summary>Gathers the leaves of nested arrays, and infers their shape and type.</summary>
/// <param name="unwrap">Takes a wrapper off each value.</param>
internal sealed class NestedValues(Func<object?, object?> unwrap)
{
    private const int DeepestArray = 32;

    private readonly List<long> _shape = [];
    private readonly List<Tensor> _parts = [];
    private readonly List<object> _loose = [];
    private int _leafDepth = -1;

    /// <summary>Takes in a value and all that is in it.</summary>
    public void Add(object? wrapped, int depth)
    {
        switch (unwrap(wrapped))
        {
            case null:
                throw new ModelToolsException(ErrorCode.InvalidArgument, "A value is null; a tensor holds numbers, booleans or texts.");
            case Tensor tensor:
                AddPart(tensor, depth);
                break;
            case Array array when TypedPart(array) is { } part:
                AddPart(part, depth);
                break;
            case string text:
                AddLoose(text, depth);
                break;
            case IDictionary:
                throw new ModelToolsException(ErrorCode.InvalidArgument, "A value is a dictionary; a tensor holds numbers, booleans or texts.");
            case IEnumerable items:
                AddItems(items, depth);
                break;
            case var leaf:
                AddLoose(leaf, depth);
                break;
        }
    }

    /// <summary>The tensor of all that was taken in.</summary>
    public Tensor ToTensor()
    {
        if (_parts.Count > 0)
        {
            if (_loose.Count > 0)
            {
                throw Ragged("values and arrays stand side by side");
            }

            var stacked = _shape.Count == 0 ? _parts[0] : TensorSlicing.Stack(_parts);
            return stacked.Reshape([.. _shape, .. _parts[0].Shape]);
        }

        Shape shape = [.. _shape];
        if (_loose.Count != shape.ElementCount)
        {
            throw Ragged($"{_loose.Count} values do not fill the shape {shape}");
        }

        return LooseTensor(shape);
    }

    private static ModelToolsException Ragged(string what) =>
        new(ErrorCode.InvalidArgument, $"The arrays do not form a tensor: {what}.") { Advice = "Make all rows equally long." };

    private void AddItems(IEnumerable items, int depth)
    {
        if (depth == DeepestArray)
        {
            throw new ModelToolsException(ErrorCode.InvalidArgument, $"The arrays are nested more than {DeepestArray} deep.");
        }

        var first = depth == _shape.Count && _leafDepth < 0;
        if (first)
        {
            _shape.Add(-1);
        }
        else if (depth >= _shape.Count || (_leafDepth >= 0 && depth >= _leafDepth))
        {
            throw Ragged("values and arrays stand side by side");
        }

        var count = 0L;
        foreach (var item in items)
        {
            Add(item, depth + 1);
            count++;
        }

        if (_shape[depth] >= 0 && _shape[depth] != count)
        {
            throw Ragged($"a row of {count} stands beside one of {_shape[depth]}");
        }

        _shape[depth] = count;
    }

    private void EnterLeaf(int depth)
    {
        if (_leafDepth >= 0 && _leafDepth != depth)
        {
            throw Ragged("values and arrays stand side by side");
        }

        if (_leafDepth < 0 && depth != _shape.Count)
        {
            throw Ragged("an empty row stands beside one that is not");
        }

        _leafDepth = depth;
    }

    private void AddLoose(object leaf, int depth)
    {
        EnterLeaf(depth);
        _loose.Add(leaf);
    }

    private void AddPart(Tensor part, int depth)
    {
        EnterLeaf(depth);
        if (_parts.Count > 0 && !part.Shape.Equals(_parts[0].Shape))
        {
            throw Ragged($"a part of shape {part.Shape} stands beside one of {_parts[0].Shape}");
        }

        _parts.Add(part);
    }

    private Tensor LooseTensor(Shape shape)
    {
        if (_loose.Count == 0)
        {
            return Tensor.Zeros(DType.Float32, shape);
        }

        if (_loose.TrueForAll(value => value is string or char))
        {
            return Tensor.FromStrings(_loose.Select(value => value.ToString()!), shape);
        }

        if (_loose.TrueForAll(value => value is bool))
        {
            return Tensor.FromArray<bool>(_loose.ConvertAll(value => (bool)value).ToArray(), shape);
        }

        if (_loose.TrueForAll(value => value.GetType() == _loose[0].GetType()) && _loose[0] is not (int or double or long or decimal) && OneType(shape) is { } typed)
        {
            return typed;
        }

        if (_loose.TrueForAll(IsInteger))
        {
            var values = _loose.ConvertAll(value => ToInt64(value)).ToArray();
            var narrow = Array.TrueForAll(values, value => value == (int)value);
            return narrow ? Tensor.FromArray<int>(Array.ConvertAll(values, value => (int)value), shape) : Tensor.FromArray<long>(values, shape);
        }

        return Tensor.FromArray<float>(_loose.ConvertAll(ToSingle).ToArray(), shape);
    }

    /// <summary>Values that all have one type which tensors know as it is, such as bytes.</summary>
    private Tensor? OneType(Shape shape)
    {
        var array = Array.CreateInstance(_loose[0].GetType(), _loose.Count);
        for (var i = 0; i < _loose.Count; i++)
        {
            array.SetValue(_loose[i], i);
        }

        return TypedPart(array)?.Reshape(shape);
    }

    private static bool IsInteger(object value) => value is int or long or byte or sbyte or short or ushort or uint or ulong;

    private static long ToInt64(object value) => value is ulong large && large > long.MaxValue
        ? throw new ModelToolsException(ErrorCode.InvalidArgument, $"The value {large} does not fit into int64.")
        : Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private static float ToSingle(object value) => value switch
    {
        double number => (float)number,
        Half number => (float)number,
        BigInteger number => (float)number,
        decimal number => (float)number,
        float number => number,
        _ when IsInteger(value) => Convert.ToSingle(value, CultureInfo.InvariantCulture),
        _ => throw new ModelToolsException(ErrorCode.InvalidArgument, $"A value of type {value.GetType().Name} stands among numbers; a tensor holds numbers, booleans or texts of one kind."),
    };

    /// <summary>A rectangular array of numbers as a tensor; null where its type does not say what it holds.</summary>
    private static Tensor? TypedPart(Array array) => array switch
    {
        Half[] => Typed<Half>(array),
        Complex[] => Typed<Complex>(array),
        _ => Type.GetTypeCode(array.GetType().GetElementType()) switch
        {
            TypeCode.Boolean => Typed<bool>(array),
            TypeCode.Single => Typed<float>(array),
            TypeCode.Double => Typed<double>(array),
            TypeCode.Byte => Typed<byte>(array),
            TypeCode.SByte => Typed<sbyte>(array),
            TypeCode.Int16 => Typed<short>(array),
            TypeCode.UInt16 => Typed<ushort>(array),
            TypeCode.Int32 => Typed<int>(array),
            TypeCode.UInt32 => Typed<uint>(array),
            TypeCode.Int64 => Typed<long>(array),
            TypeCode.UInt64 => Typed<ulong>(array),
            _ => null,
        },
    };

    private static Tensor Typed<T>(Array array)
        where T : unmanaged
    {
        var shape = new long[array.Rank];
        for (var axis = 0; axis < array.Rank; axis++)
        {
            shape[axis] = array.GetLongLength(axis);
        }

        var values = array.Length == 0 ? [] : MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
        return Tensor.FromArray(values, Shape.Create(shape));
    }
}
