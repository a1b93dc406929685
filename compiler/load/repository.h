/* SPDX-License-Identifier: MIT */
#ifndef LOAD_REPOSITORY_H
#define LOAD_REPOSITORY_H

#include "base/arena.h"

/*
 * Where the folder [root] is in the git repository around it: "isms/", empty at its top or where there is none. Programs that show
 * findings beside changes name files from the top. Only looks for `.git`, which is a folder or, in a linked work tree, a file.
 */
str repository_folder(struct arena *arena, const char *root);

#endif
