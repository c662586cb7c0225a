using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Formats.Protobuf;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.Protobuf;

public class ProtoTests
{
    [Fact]
    public void Fields_come_back_as_they_were_written()
    {
        var writer = new ProtoWriter(1);
        writer.Int64(1, -5);
        writer.Int64(2, 0);
        writer.Int64(3, 0, always: true);
        writer.SInt64(4, -3);
        writer.Float(5, -0.0f);
        writer.Double(6, Math.PI);
        writer.String(7, "größe");
        writer.PackedInt64(8, [1, 300, -1]);
        writer.PackedFloat(9, [1.5f, -2]);
        using (writer.MessageEntry(1000, "key"))
        {
            writer.Bytes(1, new byte[300]);
        }

        writer.StringEntry(1001, string.Empty, string.Empty);

        var reader = new ProtoReader(writer.Written, ErrorCode.CorruptSavedModel, "a test");
        List<int> fields = [];
        List<long> integers = [];
        List<float> floats = [];
        while (reader.Next())
        {
            fields.Add(reader.Field);
            switch (reader.Field)
            {
                case 1: Assert.Equal(-5, reader.Int32()); break;
                case 3: Assert.False(reader.Bool()); break;
                case 4: Assert.Equal(-3, reader.SInt64()); break;
                case 5: Assert.True(float.IsNegative(reader.Float())); break;
                case 7: Assert.Equal("größe", reader.String()); break;
                case 8: reader.AppendInt64(integers); break;
                case 9: reader.AppendFloat(floats); break;
                case 1000:
                    var value = reader.MessageEntry(out var key);
                    Assert.Equal("key", key);
                    Assert.True(value.Next());
                    Assert.Equal(300, value.Bytes().Length);
                    Assert.False(value.Next());
                    break;
                case 1001: Assert.Equal(new(string.Empty, string.Empty), reader.StringEntry()); break;
            }
        }

        Assert.Equal([1, 3, 4, 5, 6, 7, 8, 9, 1000, 1001], fields);
        Assert.Equal([1, 300, -1], integers);
        Assert.Equal([1.5f, -2], floats);
    }

    [Fact]
    public void Nested_messages_of_any_length_keep_their_content()
    {
        foreach (var size in new[] { 0, 1, 127, 128, 16383, 16384, 3_000_000 })
        {
            var writer = new ProtoWriter();
            using (writer.Message(1))
            {
                using (writer.Message(2))
                {
                    writer.Bytes(3, Enumerable.Range(0, size).Select(i => (byte)i).ToArray());
                }

                writer.Int64(4, 9);
            }

            var outer = new ProtoReader(writer.Written, ErrorCode.CorruptSavedModel, "a test");
            Assert.True(outer.Next());
            var middle = outer.Message();
            Assert.True(middle.Next());
            var inner = middle.Message();
            Assert.Equal(size > 0, inner.Next());
            if (size > 0)
            {
                var bytes = inner.Bytes();
                Assert.Equal(size, bytes.Length);
                Assert.Equal((byte)(size - 1), bytes[^1]);
            }

            Assert.True(middle.Next());
            Assert.Equal(9, middle.Int64());
            Assert.False(middle.Next());
            Assert.False(outer.Next());
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x08 }, "cut off")] // a tag without its value
    [InlineData(new byte[] { 0x0A, 0x05, 1, 2 }, "2 are left")] // longer than what is there
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1 }, "are left")] // 2^64 - 1 bytes
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1 }, "too long")]
    [InlineData(new byte[] { 0x00, 0x00 }, "valid number")] // field 0
    [InlineData(new byte[] { 0x0B }, "wire type 3")] // a group
    [InlineData(new byte[] { 0x0D, 1, 2 }, "middle of a field")]
    public void Damage_is_the_callers_error_and_says_where(byte[] bytes, string expected)
    {
        var error = Assert.Throws<ModelToolsException>(() =>
        {
            var reader = new ProtoReader(bytes, ErrorCode.CorruptCheckpoint, "the test message");
            while (reader.Next())
            {
            }
        });
        Assert.Equal(ErrorCode.CorruptCheckpoint, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("the test message", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_of_another_wire_type_and_text_that_is_none_are_damage()
    {
        Assert.Throws<ModelToolsException>(() => First([0x08, 1], static reader => reader.String()));
        Assert.Throws<ModelToolsException>(() => First([0x0A, 1, 0xFF], static reader => reader.String()));
        Assert.Throws<ModelToolsException>(() => First([0x0A, 1, 0x80], static reader => reader.AppendInt64([])));
    }

    [Fact]
    public void Nesting_ends_at_the_limit()
    {
        var bytes = Array.Empty<byte>();
        for (var level = 0; level < 200; level++)
        {
            var writer = new ProtoWriter();
            writer.Bytes(1, bytes, always: true);
            bytes = writer.ToArray();
        }

        var error = Assert.Throws<ModelToolsException>(() => Descend(new ProtoReader(bytes, ErrorCode.CorruptSavedModel, "a test", 100)));
        Assert.Equal(ErrorCode.StructureLimit, error.Code);

        static void Descend(ProtoReader reader)
        {
            while (reader.Next())
            {
                Descend(reader.Message());
            }
        }
    }

    [Fact]
    public void Every_element_type_has_its_own_number_and_the_way_back()
    {
        foreach (var dtype in DTypes.All)
        {
            var number = TensorFlowDType.Number(dtype);
            Assert.Equal(dtype, TensorFlowDType.Find(number));
            Assert.Equal(dtype, TensorFlowDType.Find(number + 100));
            Assert.Equal(dtype.Name(), TensorFlowDType.Name(number));
            Assert.Equal(dtype.Size(), TensorFlowDType.Size(number));
        }

        Assert.False(TensorFlowDType.IsKnown(99));
        Assert.False(TensorFlowDType.IsKnown(0));
        Assert.Null(TensorFlowDType.Find(TensorFlowDType.Variant));
    }

    [SkippableFact]
    public void TensorFlow_agrees_on_numbers_and_on_messages()
    {
        var writer = new ProtoWriter();
        TensorShapeProto.Write(writer, 7, [2, 0, Shape.Unknown, 300]);
        var text = Oracle.Execute(
            """
            import sys
            from tensorflow.core.framework import attr_value_pb2, types_pb2
            from tensorflow import dtypes
            m = attr_value_pb2.AttrValue.FromString(bytes.fromhex(sys.argv[1]))
            assert m.SerializeToString(deterministic=True).hex() == sys.argv[1]
            print([d.size for d in m.shape.dim], ' '.join(f'{n}={dtypes.as_dtype(n).name}' for n in range(1, 34) if n in types_pb2.DataType.values()))
            """,
            Convert.ToHexString(writer.Written).ToLowerInvariant());

        var expected = new StringBuilder("[2, 0, -1, 300]");
        for (var number = 1; number < 34; number++)
        {
            expected.Append(' ').Append(number).Append('=').Append(TensorFlowDType.Name(number));
        }

        Assert.Equal(expected.ToString(), text.Trim());
    }

    private static void First(byte[] bytes, Reads read)
    {
        var reader = new ProtoReader(bytes, ErrorCode.CorruptSavedModel, "a test");
        Assert.True(reader.Next());
        read(reader);
    }

    private delegate void Reads(ProtoReader reader);
}
