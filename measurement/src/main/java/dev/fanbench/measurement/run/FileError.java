package dev.fanbench.measurement.run;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Says in words why a file cannot be read or written. The JDK's messages often hold a path only.
 */
public final class FileError {
  private FileError() {}

  /** The file and the cause, such as {@code runs/a: permission denied}. */
  public static String words(IOException error) {
    if (error instanceof FileSystemException file && file.getFile() != null) {
      return file.getFile() + ": " + cause(file);
    }
    return error.getMessage() == null ? "an input or output error" : error.getMessage();
  }

  private static String cause(FileSystemException error) {
    if (error instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (error instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (error instanceof FileAlreadyExistsException) {
      return "a file of that name exists";
    }
    if (error instanceof NotDirectoryException) {
      return "not a folder";
    }
    if (error instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    return error.getReason() == null ? "an input or output error" : error.getReason();
  }
}
