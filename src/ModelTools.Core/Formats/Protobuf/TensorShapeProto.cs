using ModelTools.Tensors;

namespace ModelTools.Formats.Protobuf;

/// <summary>TensorFlow's <c>TensorShapeProto</c>: dim = 2 { size = 1 }, unknown_rank = 3.</summary>
internal static class TensorShapeProto
{
    private const int MaximumRank = 254;

    /// <summary>Reads a shape; null when the rank is unknown. Dimension -1 is open; a smaller one is damage.</summary>
    public static Shape? Read(ProtoReader message)
    {
        List<long> dimensions = [];
        var unknown = false;
        while (message.Next())
        {
            switch (message.Field)
            {
                case 2:
                    dimensions.Add(ReadDimension(message.Message()));
                    break;
                case 3:
                    unknown = message.Bool();
                    break;
            }

            if (dimensions.Count > MaximumRank)
            {
                throw message.Damaged($"a shape has more than {MaximumRank} dimensions");
            }
        }

        return unknown ? null : Shape.Create([.. dimensions]);
    }

    /// <summary>Writes a shape as a field, present even for a scalar; null is the unknown rank.</summary>
    public static void Write(ProtoWriter writer, int field, Shape? shape)
    {
        using (writer.Message(field))
        {
            writer.Bool(3, shape is null);
            foreach (var dimension in shape ?? Shape.Scalar)
            {
                using (writer.Message(2))
                {
                    writer.Int64(1, dimension);
                }
            }
        }
    }

    private static long ReadDimension(ProtoReader message)
    {
        var size = 0L;
        while (message.Next())
        {
            if (message.Field == 1)
            {
                size = message.Int64();
            }
        }

        return size >= Shape.Unknown ? size : throw message.Damaged($"a dimension is {size}");
    }
}
