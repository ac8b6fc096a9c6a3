namespace LeNet5.Storage;

/// <summary>The numbers that onnx.proto gives the fields of its messages, as far as a network needs them.</summary>
internal static class OnnxFields
{
    public static class Model
    {
        public const int IrVersion = 1, ProducerName = 2, ProducerVersion = 3, Graph = 7, OperatorSet = 8, Metadata = 14;
    }

    public static class OperatorSet
    {
        public const int Version = 2;
    }

    public static class Metadata
    {
        public const int Key = 1, Value = 2;
    }

    public static class Graph
    {
        public const int Node = 1, Name = 2, Initializer = 5, Input = 11, Output = 12;
    }

    public static class Node
    {
        public const int Input = 1, Output = 2, Name = 3, Operator = 4, Attribute = 5;
    }

    public static class Attribute
    {
        public const int Name = 1, Integer = 3, Integers = 8, Type = 20;
        public const int IntegerType = 2, IntegersType = 7;
    }

    public static class Tensor
    {
        public const int Dimension = 1, ElementType = 2, Name = 8, Data = 9;
        public const int SingleType = 1, Int64Type = 7;
    }

    /// <summary>What is told of an input or output of the graph: its name, and within a type within a tensor type its elements and its shape.</summary>
    public static class ValueInfo
    {
        public const int Name = 1, Type = 2;
        public const int TensorType = 1;
        public const int ElementType = 1, Shape = 2;
        public const int Dimension = 1;
        public const int DimensionValue = 1, DimensionName = 2;
    }
}
