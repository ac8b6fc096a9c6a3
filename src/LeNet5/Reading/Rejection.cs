namespace LeNet5;

/// <summary>Why a picture was not read, or its reading not accepted.</summary>
public enum Rejection
{
    /// <summary>It was read.</summary>
    None,

    /// <summary>Nothing is there: the picture has no ink, or the class of the blank won.</summary>
    Blank,

    /// <summary>Several characters stand side by side.</summary>
    SeveralCharacters,

    /// <summary>Something is there that is no digit: the network is farther from every class than digits are, or the ink is scattered all over the picture.</summary>
    NotADigit,

    /// <summary>A string was read, but wrong ones are too many among readings that are no surer.</summary>
    Unsure,

    /// <summary>What is there fits no string that the grammar allows.</summary>
    NotInGrammar,
}
